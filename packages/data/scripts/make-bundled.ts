// Makes the files of bundled/ anew, and the module that holds the inputs, from the built package: `npm run build`, then
// `node scripts/make-bundled.ts`. With --module only the module, from the file.
import { readFileSync, writeFileSync } from 'node:fs';
import { bundledPaths, simulateBundled, visibilitiesOf, writeNpzFile, writeVisibilityFiles } from '@wtilde/data/node';

const paths = bundledPaths();
if (!process.argv.includes('--module')) {
  const fields = simulateBundled();
  await writeVisibilityFiles(paths, visibilitiesOf(fields));
  await writeNpzFile(paths.inputs, fields, { level: 9 });
}
const base64 = readFileSync(paths.inputs).toString('base64');
writeFileSync(
  new URL('../src/bundled/inputs.ts', import.meta.url),
  `/** \`bundled/inputs.npz\`, by \`scripts/make-bundled.ts\`. */\nexport const inputs: string =\n  '${base64}';\n`,
);

// Makes the files of bundled/ anew, from the built package: `pnpm build`, then `node scripts/make-bundled.ts`.
import { bundledPaths, simulateBundled, visibilitiesOf, writeNpzFile, writeVisibilityFiles } from '@wtilde/data/node';

const fields = simulateBundled();
const paths = bundledPaths();
await writeVisibilityFiles(paths, visibilitiesOf(fields));
await writeNpzFile(paths.inputs, fields, { level: 9 });

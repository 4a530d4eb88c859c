// `npm start`: builds what changed and shows what there is to see, in a minute: the evidence of the bundled dataset on
// every backend, its source as pictures, the way to the page. Arguments are those of `wtilde likelihood`, which then is
// all that runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oneLine } from './oneLine.mjs';

const wtilde = 'packages/cli/bin/wtilde.js';
const folder = 'first-look';
const given = process.argv.slice(2);

await oneLine('Building', 'tsc -b packages/cli');
const { status } = spawnSync(process.execPath, [wtilde, 'likelihood', ...given], { stdio: 'inherit' });
process.exitCode = status ?? 1;
if (status === 0 && given.length === 0) await show();

/** The lens that the bundled visibilities were simulated with, and what it makes of them. */
async function show() {
  const lens = { mass: [{ type: 'IsothermalSph', centre: [0.09, -0.15], einsteinRadius: 1.5 }] };
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/lens.json`;
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(lens, null, 2)}\n`);
  const grid = '--mask-radius 3 --pixel-scale 0.15 --shape 40 --mesh overlay:20x20';
  const evidence = `evidence --data packages/data/bundled ${grid} --lens ${file} --out ${folder}/result --force`;
  console.log('');
  await oneLine('Drawing the source', `"${process.execPath}" ${wtilde} ${evidence}`);
  console.log(`
The source of the bundled lens, as pictures and FITS files, is on
  ${pathToFileURL(resolve(folder, 'result/index.html'))}
Change ${file} and draw it again:
  npx wtilde ${evidence}
Drag the lens and watch the source, in a browser:
  npm run build:explorer
  npx wtilde explore`);
}

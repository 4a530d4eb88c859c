// `npm start`: builds what changed and shows what there is to see, in a minute: the evidence of the bundled dataset on
// every backend, its lens fitted and its source as pictures, the way to the page. Arguments are those of `wtilde likelihood`, which then is
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

/** Fits the lens of the bundled visibilities, which were simulated with an Einstein radius of 1.5 arcsec. */
async function show() {
  const near = { normal: [0, 0.2] };
  const model = {
    mass: [{ type: 'IsothermalSph', centre: [near, near], einsteinRadius: { uniform: [1, 2] } }],
    mesh: 'overlay:20x20',
    regularization: 'gradient:1',
  };
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/model.json`;
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(model, null, 2)}\n`);
  const sky = '--mask-radius 3 --pixel-scale 0.15 --shape 40';
  const fit = [
    'fit --data packages/data/bundled',
    `${sky} --model ${file}`,
    `--starts 3 --out ${folder}/result --force`,
  ];
  console.log('');
  const found = await oneLine('Fitting the lens of the dataset', `"${process.execPath}" ${wtilde} ${fit.join(' ')}`);
  console.log(`
${found.slice(0, found.lastIndexOf('result.json and')).trimEnd()}

The source behind that lens, as pictures and FITS files, is on
  ${pathToFileURL(resolve(folder, 'result/index.html'))}
Change ${file} and fit it again:
  npx wtilde ${fit.join(' \\\n    ')}
Drag the lens and watch the source, in a browser:
  npm run explore`);
}

/** Which way is up on real data: the jet of BL Lac points south, that of 3C 279 south-west. */
import { expect } from 'vitest';
import { type ImportOptions, importUvfits } from '../../src/index.js';
import { openUvfitsFile } from '../../src/node.js';
import { sharedFile, testWithShared } from '../shared.js';
import { joined } from './joined.js';

const perMas = Math.PI / 648e6;

/** Mean place (y, x) in milliarcsec of what the dirty image has beside its core, above a tenth of it. */
async function besideCore(name: string, options: ImportOptions) {
  const file = await openUvfitsFile(sharedFile(`data/uvfits/${name}`));
  const { data, noise, uv } = await joined((await importUvfits(file, options)).chunks());
  const pixels: { y: number; x: number; value: number }[] = [];
  for (let y = -1; y <= 1.001; y += 0.1) {
    for (let x = -1; x <= 1.001; x += 0.1) {
      let value = 0;
      for (let k = 0; k < data.length; k += 2) {
        const phase = 2 * Math.PI * perMas * (x * uv[k] + y * uv[k + 1]);
        value += (data[k] * Math.cos(phase) - data[k + 1] * Math.sin(phase)) / noise[k] ** 2;
      }
      pixels.push({ y, x, value });
    }
  }
  const core = pixels.reduce((best, each) => (each.value > best.value ? each : best));
  const beside = pixels.filter(
    ({ y, x, value }) => value > 0.1 * core.value && Math.hypot(y - core.y, x - core.x) > 0.25,
  );
  const sum = beside.reduce((total, { value }) => total + value, 0);
  const mean = (axis: 'y' | 'x') =>
    beside.reduce((total, each) => total + (each.value / sum) * (each[axis] - core[axis]), 0);
  return [mean('y'), mean('x')];
}

testWithShared('BL Lac', ['data/uvfits/BLLACMAY13.UVP'], async () => {
  const [y] = await besideCore('BLLACMAY13.UVP', {});
  const [turned] = await besideCore('BLLACMAY13.UVP', { conjugate: false });
  expect(y).toBeLessThan(-0.05);
  expect(turned).toBeGreaterThan(0.05);
});

testWithShared('3C 279', ['data/uvfits/3C279MAY13.UVP'], async () => {
  const [y, x] = await besideCore('3C279MAY13.UVP', {});
  expect(y).toBeLessThan(-0.05);
  expect(x).toBeLessThan(-0.05);
});

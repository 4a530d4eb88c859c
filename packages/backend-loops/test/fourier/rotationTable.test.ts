import { STRIP } from '@wtilde/numerics';
import { expect, it } from 'vitest';
import { createRotationTable, fillRotationTable } from '../../src/fourier/rotationTable.js';
import { turnsOf } from './exact.js';
import { generator, uniform } from './random.js';

it('a rotation table stays right to a few eps over 1400 rows', () => {
  const count = 40;
  const random = generator(4);
  const table = createRotationTable(1400, count);
  // Steps of 20 bits, so that start + row step is exact and only the rotations are tested.
  const grain = 2 ** -20;
  const start = uniform(random, count, -0.5, 0.5).map((turns) => grain * Math.round(turns / grain));
  const step = uniform(random, count, -0.5, 0.5).map((turns) => grain * Math.round(turns / grain));
  const re = uniform(random, count, -1, 1);
  const im = uniform(random, count, -1, 1);
  fillRotationTable(table, count, start, step, re, im);
  let worst = 0;
  for (let row = 0; row < 1400; row++) {
    for (let k = 0; k < count; k++) {
      const angle = 2 * Math.PI * (turnsOf(row, step[k], 1) + start[k]);
      const at = STRIP * count * Math.floor(row / STRIP) + STRIP * k + (row % STRIP);
      const size = Math.hypot(re[k], im[k]);
      const errorRe = table.re[at] - (re[k] * Math.cos(angle) - im[k] * Math.sin(angle));
      const errorIm = table.im[at] - (re[k] * Math.sin(angle) + im[k] * Math.cos(angle));
      worst = Math.max(worst, Math.hypot(errorRe, errorIm) / size);
    }
  }
  expect(worst).toBeLessThan(8e-15);
});

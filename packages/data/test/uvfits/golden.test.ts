/** Real files against what astropy reads in them. */
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { openUvfitsFile } from '../../src/node.js';
import { sharedFile, testWithShared } from '../shared.js';

const names = [
  '3C279APR13.UVP',
  '3C279MAY13.UVP',
  'BLLACMAY13.UVP',
  'hops_lo_3601_M87+zbl-dtcal_selfcal.uvfits',
  'sample.uvfits',
];

describe.each(names)('%s', (name) => {
  testWithShared('is what astropy reads', ['golden/uvfits.json', `data/uvfits/${name}`], async () => {
    const golden = JSON.parse(await readFile(sharedFile('golden/uvfits.json'), 'utf8')).files[name];
    const file = await openUvfitsFile(sharedFile(`data/uvfits/${name}`));
    expect(file.groups).toBe(golden.groups);
    expect(file.channels * file.ifs).toBe(golden.channels_and_ifs);
    expect(file.parameters).toEqual(golden.parameters);
    expect(file.stokes).toEqual(['RR', 'LL', 'RL', 'LR']);
    const sums = { kept: 0, re: 0, im: 0, weight: 0, u: 0, v: 0, longest: 0 };
    let seen = 0;
    for await (const { first, count, u, v, re, im, weight, setup, source, antenna1, antenna2, time } of file.read()) {
      expect(first).toBe(seen);
      const [frequency] = file.frequenciesOf(setup[0], source[0]);
      expect(frequency).toBe(golden.frequency_hz);
      for (let g = 0; g < count; g++) {
        expect(antenna1[g] > 0 && antenna2[g] > 0 && time[g] > 4e9).toBe(true);
        const [x, y] = [u[g] * frequency, v[g] * frequency];
        const wanted = golden.visibilities.find((each: { group: number }) => each.group === seen + g);
        if (wanted !== undefined) {
          expect([x, y]).toEqual([wanted.u, wanted.v]);
          expect(re[g]).toBeCloseTo(wanted.re, 13);
          expect(im[g]).toBeCloseTo(wanted.im, 13);
          expect(1 / Math.sqrt(weight[g]) / wanted.sigma).toBeCloseTo(1, 14);
        }
        if (weight[g] === 0) continue;
        sums.kept += 1;
        sums.re += re[g];
        sums.im += im[g];
        sums.weight += weight[g];
        sums.u += Math.abs(x);
        sums.v += Math.abs(y);
        sums.longest = Math.max(sums.longest, Math.hypot(x, y));
      }
      seen += count;
    }
    expect(seen).toBe(golden.groups);
    expect(sums.kept).toBe(golden.kept);
    expect(sums.re).toBeCloseTo(golden.sum_re, 8);
    expect(sums.im).toBeCloseTo(golden.sum_im, 8);
    expect(sums.weight / golden.sum_weight).toBeCloseTo(1, 12);
    expect(sums.u / golden.sum_abs_u).toBeCloseTo(1, 12);
    expect(sums.v / golden.sum_abs_v).toBeCloseTo(1, 12);
    expect(sums.longest / golden.longest_wavelengths).toBeCloseTo(1, 14);
  });
});

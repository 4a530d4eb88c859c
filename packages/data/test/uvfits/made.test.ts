/** Files as writers make them: any order of axes, parameters in two parts, several windows, channels and sources. */
import { describe, expect, test } from 'vitest';
import { openUvfits, sourceOfBytes, type Uvfits, type UvfitsGroups } from '../../src/index.js';
import { errorOf, rejectionOf } from '../errors.js';
import { fitsBytes } from '../fits/fitsBytes.js';
import { baselineOf, frequencyOf, type Observed, observed, visibilityOf } from './observed.js';

const opened = (given: Observed = {}) => openUvfits(sourceOfBytes(observed(given)));

async function first(file: Uvfits, stokes?: string): Promise<UvfitsGroups> {
  for await (const groups of file.read({ stokes })) return groups;
  throw new Error('there are no groups');
}

const points = [
  [0.4, -0.3, 1],
  [-0.1, 0.2, 0.5],
] as const;
const windows = [
  { offset: 0, width: 2e6 },
  { offset: -3e9, width: -2e6 },
  { offset: 5e9, width: 4e6 },
];

describe.each<Observed>([
  {},
  { axes: ['COMPLEX', 'FREQ', 'STOKES', 'IF', 'RA', 'DEC'] },
  { axes: ['IF', 'STOKES', 'COMPLEX', 'FREQ'], baselines: 'antennas', suffix: '' },
  { axes: ['FREQ', 'IF', 'COMPLEX', 'STOKES'], baselines: 'large', suffix: '--', doubled: true },
  { suffix: '---NCP', bitpix: -32, stokes: [-5, -6, -7, -8] },
])('%j', (oddities) => {
  test('every visibility where it belongs', async () => {
    const given: Observed = { ...oddities, points, windows, channels: 3, sources: ['NEAR', 'FAR'] };
    const exact = oddities.bitpix === -32 ? 5 : 12;
    const file = await opened(given);
    expect([file.channels, file.ifs, file.groups]).toEqual([3, 3, 80]);
    expect(file.sources).toEqual([
      { id: 1, name: 'NEAR' },
      { id: 2, name: 'FAR' },
    ]);
    expect(file.antennaName(1, 2)).toBe('DV2');
    const groups = await first(file);
    const large = oddities.baselines === 'large' ? 300 : 0;
    for (const g of [0, 17, 79]) {
      const [a, b] = [groups.antenna1[g] - large, groups.antenna2[g] - large];
      expect(a).toBeLessThan(b);
      const integration = Math.floor(g / 10);
      expect(groups.time[g] - groups.time[0]).toBeCloseTo(10 * integration, oddities.bitpix === -32 ? 1 : 4);
      expect(groups.source[g]).toBe(1 + (integration % 2));
      const hertz = file.frequenciesOf(groups.setup[g], groups.source[g]);
      const [u, v] = baselineOf(a, b, integration);
      for (const [at, window] of windows.entries()) {
        for (let channel = 0; channel < 3; channel++) {
          const frequency = hertz[at * 3 + channel];
          expect(frequency / frequencyOf(window, channel)).toBeCloseTo(1, 14);
          expect((groups.u[g] * frequency) / (u * frequency)).toBeCloseTo(1, exact);
          expect((groups.v[g] * frequency) / (v * frequency)).toBeCloseTo(1, exact);
          const [re, im] = visibilityOf(points, u * frequency, v * frequency);
          expect(groups.re[g * 9 + at * 3 + channel]).toBeCloseTo(re, exact);
          expect(groups.im[g * 9 + at * 3 + channel]).toBeCloseTo(im, exact);
          expect(groups.weight[g * 9 + at * 3 + channel]).toBe(2);
        }
      }
    }
  });
});

describe('polarizations', () => {
  const byHand = (weights: readonly number[]): Observed => ({ weight: (_, __, hand) => weights[hand] });

  test.each([
    ['I', 4],
    ['i', 4],
    ['RR', 1],
    ['LL', 3],
  ])('%s', async (asked, weight) => {
    const { weight: found } = await first(await opened(byHand([1, 3])), asked);
    expect(found[0]).toBe(weight);
  });

  test.each([
    [[-1, 3], 3],
    [[0, 3], 3],
    [[Number.NaN, 3], 3],
    [[2, Number.NEGATIVE_INFINITY], 2],
    [[-2, 0], 0],
  ])('weights %j: what is not above 0 is flagged', async (weights, left) => {
    expect((await first(await opened(byHand(weights)))).weight[0]).toBe(left);
  });

  test('what the file does not have', async () => {
    const file = await opened();
    const error = await rejectionOf(first(file, 'XX'), 'InvalidOption');
    expect(error.message).toContain('I, RR, LL');
    await rejectionOf(first(await opened({ stokes: [2] }), 'I'), 'InvalidOption');
    expect((await first(await opened({ stokes: [1, 2] }))).weight[0]).toBe(1);
  });
});

describe('what is no UVFITS file, or no whole one', () => {
  const bytes = observed({ channels: 2, windows });
  const refused = async (changed: Uint8Array) => await rejectionOf(openUvfits(sourceOfBytes(changed)), 'FileFormat');
  const edited = (from: string, to: string) => {
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).toContain(from);
    return new Uint8Array(Buffer.from(text.replace(from, to.padEnd(from.length)), 'latin1'));
  };

  test('an image', async () => {
    expect((await refused(fitsBytes({ BITPIX: -64, NAXIS: 0 }))).message).toContain('no UVFITS');
  });
  test('cut off', async () => {
    expect((await refused(bytes.subarray(0, 9000))).message).toContain('truncated');
  });
  test('frequencies missing', async () => {
    const file = await openUvfits(sourceOfBytes(edited("EXTNAME = 'AIPS FQ '", "EXTNAME = 'NOTHING '")));
    errorOf(() => file.frequenciesOf(1, -1), 'FileFormat');
    errorOf(() => file.frequenciesOf(2, -1), 'FileFormat');
  });
  test('baselines in wavelengths', async () => {
    expect((await refused(edited("PTYPE1  = 'UU---SIN'", "PTYPE1  = 'UU-L'"))).message).toContain('UU-L');
  });
  test('an axis that nobody knows', async () => {
    expect((await refused(edited("CTYPE3  = 'STOKES  '", "CTYPE3  = 'BEAM    '"))).message).toContain('BEAM');
  });
  test('no axis of frequencies', async () => {
    expect((await refused(edited("CTYPE4  = 'FREQ    '", "CTYPE4  = 'IF      '"))).message).toContain('IF');
  });
});

import { describe, expect, test } from 'vitest';
import {
  createRandom,
  estimateNoise,
  type ImportOptions,
  importUvfits,
  openUvfits,
  sourceOfBytes,
  writeRandomGroups,
} from '../../src/index.js';
import { errorOf, rejectionOf } from '../errors.js';
import { baselineOf, frequencyOf, type Observed, observed, visibilityOf } from '../uvfits/observed.js';
import { brightest, joined } from './joined.js';

async function imported(given: Observed, options: ImportOptions = {}) {
  const file = await openUvfits(sourceOfBytes(observed(given)));
  const taken = await importUvfits(file, options);
  return { taken, ...(await joined(taken.chunks())) };
}

describe('orientation', () => {
  const given: Observed = { antennas: 8, integrations: 20, points: [[0.4, -0.3, 1]] };

  test('a source that is up and right of the centre is there: East is to the right, North is up', async () => {
    const { y, x } = brightest(await imported(given));
    expect(y).toBeCloseTo(0.4, 10);
    expect(x).toBeCloseTo(-0.3, 10);
  });

  test('not conjugated it is opposite', async () => {
    const { y, x } = brightest(await imported(given, { conjugate: false }));
    expect(y).toBeCloseTo(-0.4, 10);
    expect(x).toBeCloseTo(0.3, 10);
  });
});

describe('selection', () => {
  const windows = [
    { offset: 0, width: 2e6 },
    { offset: 4e9, width: 2e6 },
  ];
  const given: Observed = { windows, channels: 4, sources: ['NEAR', 'FAR'], autocorrelations: true };

  test('channels, windows, source and time; autocorrelations never', async () => {
    const options = { source: 'FAR', channels: [1, 3], windows: [1, 2], times: [0, 35] } as const;
    const { count, uv, taken } = await imported(given, options);
    // Of eight integrations the second and the fourth, of 10 baselines two channels each.
    expect(count).toBe(40);
    const [u, v] = baselineOf(1, 2, 1);
    const hertz = frequencyOf(windows[1], 1);
    expect(uv[0] / (u * hertz)).toBeCloseTo(1, 12);
    expect(uv[1] / (v * hertz)).toBeCloseTo(1, 12);
    const { counts } = taken.report();
    expect(counts).toEqual({ read: 960, notSelected: 960 - 60, autocorrelations: 20, flagged: 0, used: 40 });
  });

  test('baselines', async () => {
    const { uv } = await imported({ antennas: 6 }, { uvRange: [4e5, 6e5] });
    const lengths = uv.flatMap((u, at) => (at % 2 === 0 ? [Math.hypot(u, uv[at + 1])] : []));
    const all = await imported({ antennas: 6 });
    const within = all.uv.filter((u, at) => {
      const length = Math.hypot(u, all.uv[at + 1]);
      return at % 2 === 0 && length >= 4e5 && length <= 6e5;
    });
    expect(within.length).toBeGreaterThan(0);
    expect(lengths).toHaveLength(within.length);
  });

  test.each<[ImportOptions, RegExp]>([
    [{ channels: [0, 5] }, /0:4/],
    [{ windows: [2, 2] }, /0:2/],
    [{ source: 'ELSEWHERE' }, /NEAR, FAR/],
    [{}, /several sources/],
    [{ uvRange: [3, 1] }, /uvRange/],
    [{ averageTime: 0 }, /averageTime/],
    [{ averageChannels: 1.5 }, /averageChannels/],
  ])('%j', async (options, message) => {
    const file = await openUvfits(sourceOfBytes(observed(given)));
    expect((await rejectionOf(importUvfits(file, options), 'InvalidOption')).message).toMatch(message);
  });

  test('nothing is left', async () => {
    const file = await openUvfits(sourceOfBytes(observed({ weight: () => -1 })));
    const { chunks, report } = await importUvfits(file);
    errorOf(report, 'MissingArgument');
    expect((await rejectionOf(joined(chunks()), 'InvalidValue')).message).toContain('80 flagged');
  });
});

describe('averages', () => {
  test('means by weight, of what is not flagged, of every baseline for itself', async () => {
    const weight = (_: number, __: number, ___: number, group: number) => (group === 3 ? -1 : 1 + (group % 4));
    const given: Observed = { antennas: 3, integrations: 6, channels: 2, weight, stokes: [1] };
    const { count, data, noise, uv } = await imported(given, { averageTime: 30, averageChannels: 2, conjugate: false });
    expect(count).toBe(6);
    // Baseline 1-2: groups 0, 3 and 6, of which the second is flagged; two channels of one weight.
    const sums = { w: 0, re: 0, im: 0, u: 0 };
    for (const group of [0, 6]) {
      const [u, v] = baselineOf(1, 2, group / 3);
      for (let channel = 0; channel < 2; channel++) {
        const hertz = frequencyOf({ offset: 0, width: 2e6 }, channel);
        const [re, im] = visibilityOf([[0.4, -0.3, 1]], u * hertz, v * hertz);
        const w = 1 + (group % 4);
        sums.w += w;
        sums.re += w * re;
        sums.im += w * im;
        sums.u += w * u * hertz;
      }
    }
    const at = uv.findIndex((u) => Math.abs(u / (sums.u / sums.w) - 1) < 1e-9);
    expect(at % 2).toBe(0);
    expect(data[at]).toBeCloseTo(sums.re / sums.w, 10);
    expect(data[at + 1]).toBeCloseTo(sums.im / sums.w, 10);
    expect(noise[at]).toBeCloseTo(1 / Math.sqrt(sums.w), 12);
    expect(noise[at + 1]).toBe(noise[at]);
  });

  test('long baselines are averaged less where a field is given', async () => {
    const given: Observed = { antennas: 2, integrations: 60, points: [[0, 0, 1]] };
    const [u, v] = baselineOf(1, 2, 0);
    const length = Math.hypot(u, v) * 230e9;
    // 1 % is lost at theta where (pi theta B omega t)^2 = 0.06: for 100 s there.
    const field = (Math.sqrt(0.06) / (Math.PI * length * 7.2921159e-5 * 100)) * 206264.806;
    const close = await imported(given, { averageTime: 300, field });
    expect(close.count).toBe(6);
    expect(close.taken.report().summary.smearing.seconds).toBeCloseTo(100, 3);
    expect(close.taken.report().summary.smearing.timeRadius / field).toBeCloseTo(1, 6);
    const far = await imported(given, { averageTime: 300, field: field / 10 });
    expect(far.count).toBe(2);
    expect(far.taken.report().summary.smearing.timeRadius / field).toBeCloseTo(1 / 3, 6);
  });

  test('weights of all that is used are those of all that is written', async () => {
    const given: Observed = { antennas: 6, integrations: 11, channels: 7, sigma: (a, b) => 1 + a + b };
    const weightOf = async (options: ImportOptions) => {
      const { noise } = await imported(given, options);
      return noise.reduce((sum, each) => sum + 1 / each ** 2, 0);
    };
    const whole = await weightOf({});
    expect((await weightOf({ averageTime: 40 })) / whole).toBeCloseTo(1, 12);
    expect((await weightOf({ averageTime: 40, averageChannels: 3 })) / whole).toBeCloseTo(1, 12);
  });
});

test.each<[string, readonly number[], number]>([
  ['none, of channels that know nothing of each other', [0, 1, 0], 0],
  ['2/3, after Hanning smoothing', [0.25, 0.5, 0.25], 2 / 3],
])('correlation of neighbouring channels: %s', async (_, window, expected) => {
  const random = createRandom('channels');
  const channels = 16;
  const values = Array.from({ length: 300 }, (_, k) => {
    const noise = Array.from({ length: 2 * channels + 4 }, () => random.normal());
    const smoothed = (at: number) => window.reduce((sum, weight, i) => sum + weight * noise[at + 2 * i], 0);
    const visibilities = Array.from({ length: channels }, (__, c) => [5 + smoothed(2 * c), smoothed(2 * c + 1), 1]);
    return [1e-6, 2e-6, 0, 258, 2457000.5, (10 * k) / 86400, 10, ...visibilities.flat()];
  }).flat();
  const bytes = writeRandomGroups({
    parameters: ['UU', 'VV', 'WW', 'BASELINE', 'DATE', 'DATE', 'INTTIM'].map((type) => ({ type })),
    axes: [
      { type: 'COMPLEX', extent: 3 },
      { type: 'STOKES', extent: 1, value: 1 },
      { type: 'FREQ', extent: channels, value: 1e11, step: 1e7 },
    ],
    values: Float64Array.from(values),
    bitpix: -64,
  });
  const { channelCorrelation } = await estimateNoise(await openUvfits(sourceOfBytes(bytes)));
  expect(Math.abs(Number(channelCorrelation) - expected)).toBeLessThan(0.05);
});

describe('noise from differences', () => {
  /** What the noise of an antenna is above what the weights say: up to 3 in standard deviation, 1/3 at least. */
  const ratios = [3, 1 / 3, 1, 2, 0.5, 1.5, 3, 1];
  const truth = (a: number, b: number) => Math.sqrt(ratios[a - 1] * ratios[b - 1]);
  const given: Observed = {
    antennas: 8,
    integrations: 3000,
    sigma: truth,
    weight: () => 1,
    points: [[0.1, -0.05, 2]],
    stokes: [1],
  };

  test('antennas whose weights are wrong by up to 3: noise within 2 %', async () => {
    const file = await openUvfits(sourceOfBytes(observed(given)));
    const taken = await importUvfits(file, { noise: 'differences' });
    const { noise } = await joined(taken.chunks());
    expect(noise).toHaveLength(3000 * 28 * 2);
    let at = 0;
    for (let a = 1; a <= 8; a++) {
      for (let b = a + 1; b <= 8; b++, at += 2) {
        expect(Math.abs(noise[at] / truth(a, b) - 1)).toBeLessThan(0.02);
        expect(noise[at + 2 * 28 * 2999]).toBe(noise[at]);
      }
    }
    for (const [antenna, { name, ratio }] of (taken.noise?.groups ?? []).entries()) {
      expect(name).toBe(`DV${antenna + 1}`);
      expect(Math.abs(ratio / Math.sqrt(ratios[antenna]) - 1)).toBeLessThan(0.02);
    }
  });

  test('baselines, each for itself, and after averages', async () => {
    const file = await openUvfits(sourceOfBytes(observed({ ...given, antennas: 3, integrations: 6000 })));
    const options = { noise: 'differences', noiseGroups: 'baseline', averageTime: 50 } as const;
    const { noise, chunks } = await importUvfits(file, options);
    expect(noise?.groups.map(({ name }) => name)).toEqual(['DV1-DV2', 'DV1-DV3', 'DV2-DV3']);
    const truths = [truth(1, 2), truth(1, 3), truth(2, 3)];
    for (const [at, group] of (noise?.groups ?? []).entries()) {
      expect(Math.abs(group.ratio / truths[at] - 1)).toBeLessThan(0.02);
    }
    const found = await joined(chunks());
    const chi = found.data.length;
    expect(chi).toBe(2 * 3 * 1200);
    expect(new Set(found.noise.map((each) => each.toPrecision(9))).size).toBe(3);
    // Made elsewhere, it is the same.
    const elsewhere = await importUvfits(file, options, { estimated: await estimateNoise(file, options) });
    expect(elsewhere.noise).toEqual(noise);
    expect(await joined(elsewhere.chunks())).toEqual(found);
  });

  test('too few neighbours', async () => {
    const file = await openUvfits(sourceOfBytes(observed({ integrations: 4 })));
    await rejectionOf(estimateNoise(file), 'InvalidValue');
    await rejectionOf(importUvfits(file, { noise: 'differences' }), 'InvalidValue');
    expect((await importUvfits(file)).noise).toBeUndefined();
  });
});

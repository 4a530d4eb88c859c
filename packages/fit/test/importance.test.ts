import { createRandom } from '@wtilde/data';
import { describe, expect, test } from 'vitest';
import { type Fit, marginalsOf, objectiveOf, optimise, parsePrior, sampleImportance, uniform } from '../src/index.js';
import { drawFrom, logDensitiesOf, type Mixture, mixtureOf } from '../src/sample/mixture.js';
import { tailShapeOf } from '../src/sample/tail.js';
import { box, correlated, named, servedOtherwise, widths } from './problems.js';

const logTwoPi = Math.log(2 * Math.PI);

test('a narrow, correlated normal distribution: its evidence, and its posterior', async () => {
  const fit = await optimise(correlated(), { starts: 2 });
  const found = await sampleImportance(correlated(), fit);
  expect(found.converged).toBe(true);
  expect(found.effectiveSamples).toBeGreaterThanOrEqual(1000);
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(sigma).toBeLessThanOrEqual(0.04);
  expect(Math.abs(value + 3 * Math.log(20))).toBeLessThan(4 * sigma);
  marginalsOf(found).forEach(({ mean, sigma: width, quantiles }, i) => {
    expect(Math.abs(mean / widths[i])).toBeLessThan(0.15);
    expect(width / widths[i]).toBeGreaterThan(0.9);
    expect(width / widths[i]).toBeLessThan(1.1);
    expect(quantiles.q84 / widths[i]).toBeGreaterThan(0.8);
  });
  expect(found.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test('errors that are told are those that are made', async () => {
  const logZ = -5 * Math.log(20);
  // Skewed in every direction, so that no bell is the posterior: a normal distribution of sinh(x) / 2.
  const objective = objectiveOf(
    box(5, -10, 10),
    (x) => ({
      value: x.reduce((sum, each) => {
        const stretched = 2 * Math.sinh((each + 0.5) / 2);
        return sum - (stretched ** 2 + logTwoPi) / 2 + Math.log(Math.cosh((each + 0.5) / 2));
      }, 0),
      gradient: x.map(
        (each) => -2 * Math.sinh((each + 0.5) / 2) * Math.cosh((each + 0.5) / 2) + Math.tanh((each + 0.5) / 2) / 2,
      ),
    }),
    true,
  );
  const fit = await optimise(objective, { starts: 2 });
  const pulls: number[] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const { logZ: found } = await sampleImportance(objective, fit, { seed, effectiveSamples: 300, sigma: 0.1 });
    pulls.push(((found?.value ?? Number.NaN) - logZ) / (found?.sigma ?? 0));
  }
  const width = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length);
  expect(width).toBeGreaterThan(0.4);
  expect(width).toBeLessThan(1.6);
});

test('an edge of the prior, and what lies outside is never evaluated', async () => {
  const objective = objectiveOf(box(3, 0, 20), (x) => {
    if (!x.every((each) => each >= 0 && each <= 20)) throw new Error('outside');
    return { value: -(x[0] + x[1] + x[2]) };
  });
  const found = await sampleImportance(objective, await optimise(objective, { starts: 2 }));
  expect(found.failures).toBe(0);
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(Math.abs(value - 3 * Math.log((1 - Math.exp(-20)) / 20))).toBeLessThan(4 * sigma);
});

test('a prior that is not flat counts', async () => {
  const priors = [parsePrior({ normal: [1, 2] }, {}, 'x'), parsePrior({ logUniform: [1e-2, 1e2] }, {}, 'x')];
  // In x a normal distribution about 0, in ln y one about 0: the evidence is a product of two.
  const objective = objectiveOf(named(priors), ([x, y]) => ({
    value: -(x * x + logTwoPi) / 2 - ((Math.log(y) / 0.3) ** 2 + logTwoPi) / 2 - Math.log(0.3),
  }));
  const found = await sampleImportance(objective, await optimise(objective, { starts: 2 }));
  const known = -(1 / 5 + logTwoPi + Math.log(5)) / 2 - Math.log(Math.log(1e4));
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(Math.abs(value - known)).toBeLessThan(4 * sigma);
  expect(marginalsOf(found)[0].mean).toBeCloseTo(0.2, 1);
});

test('two maxima that the fit has found', async () => {
  const at = (x: Float64Array, place: number) =>
    x.reduce((sum, each) => sum - (((each - place) / 0.1) ** 2 + logTwoPi) / 2 - Math.log(0.1), Math.log(0.5));
  const objective = objectiveOf(box(3, -5, 5), (x) => {
    const [one, other] = [at(x, -2), at(x, 3)];
    return { value: Math.max(one, other) + Math.log1p(Math.exp(-Math.abs(one - other))) };
  });
  const fit = await optimise(objective, { from: [new Float64Array(3).fill(-1.9), new Float64Array(3).fill(2.9)] });
  const found = await sampleImportance(objective, fit);
  expect(found.statement).toMatch(/2 maxima/);
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(Math.abs(value + 3 * Math.log(10))).toBeLessThan(4 * sigma);
  expect(marginalsOf(found)[0].mean).toBeCloseTo(0.5, 0);
});

test('the same seed gives the same samples, whoever evaluates', async () => {
  const fit = await optimise(correlated(), { starts: 2 });
  const options = { effectiveSamples: 200, sigma: 0.2 };
  const first = await sampleImportance(correlated(), fit, options);
  expect(await sampleImportance(servedOtherwise(correlated()), fit, options)).toEqual(first);
  expect((await sampleImportance(correlated(), fit, { ...options, seed: 2 })).logZ).not.toEqual(first.logZ);
});

describe('what cannot be trusted is told', () => {
  /** A fit of a correlated normal distribution that is far too sure of itself, and of the wrong place. */
  async function wrongFit(): Promise<Fit> {
    const fit = await optimise(correlated(), { starts: 1 });
    const values = fit.values.map((each, i) => each + 3 * widths[i] * (-1) ** i);
    return {
      ...fit,
      covariance: fit.covariance?.map((each) => each * 1e-8),
      starts: fit.starts.map((start) => ({ ...start, values })),
    };
  }

  test('too few points', async () => {
    const found = await sampleImportance(correlated(), await wrongFit(), { mostEvaluations: 600 });
    expect(found.converged).toBe(false);
    expect(found.statement).toMatch(/fewer than were asked for/);
  });

  test('a wrong place, of which nothing is learned', async () => {
    const found = await sampleImportance(correlated(), await wrongFit(), { mostEvaluations: 10_000 });
    expect(found.converged).toBe(false);
  });

  test('a fit that is ten times too sure is found out, and gone on from', async () => {
    const fit = await optimise(correlated(), { starts: 1 });
    const sure = { ...fit, covariance: fit.covariance?.map((each) => each / 100) };
    const found = await sampleImportance(correlated(), sure, { mostEvaluations: 40_000 });
    expect(found.converged).toBe(true);
    const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
    expect(Math.abs(value + 3 * Math.log(20))).toBeLessThan(4 * sigma);
  });

  test('no likelihood at any point', async () => {
    const fit = await optimise(correlated(), { starts: 1 });
    const nowhere = objectiveOf(box(3, -10, 10), () => ({ value: Number.NEGATIVE_INFINITY }));
    await expect(sampleImportance(nowhere, fit, { mostEvaluations: 500 })).rejects.toThrow(/no value at any guess/);
  });

  test('a fit of something else', async () => {
    const fit = await optimise(correlated(), { starts: 1 });
    const other = objectiveOf(named([uniform(0, 1)]), () => ({ value: 0 }));
    await expect(sampleImportance(other, fit)).rejects.toThrow(/sampleImportance fit/);
  });
});

describe.each([1, 2, 3])('a mixture in %i directions', (order) => {
  const random = createRandom('mixture');
  const component = (at: number, width: number, share: number) => ({
    share,
    centre: new Float64Array(order).fill(at),
    factor: Float64Array.from({ length: order ** 2 }, (_, i) =>
      i % (order + 1) === 0 ? width : i % order < Math.floor(i / order) ? 0.3 * width : 0,
    ),
  });
  const mixture = [component(-1, 0.5, 0.3), component(2, 1, 0.7)];

  test('its densities add up to 1', () => {
    // The mean of 1 / q over its own points within a cube is the volume of the cube.
    const count = 40_000;
    const points = Array.from({ length: count }, () => drawFrom(mixture, random));
    const densities = logDensitiesOf(mixture, points);
    let sum = 0;
    points.forEach((x, i) => {
      if (x.every((each) => Math.abs(each) < 2)) sum += Math.exp(-densities[i]) / count;
    });
    expect(sum / 4 ** order).toBeGreaterThan(0.9);
    expect(sum / 4 ** order).toBeLessThan(1.1);
  });

  test('is found again from its points: none makes them much likelier', () => {
    const points = Array.from({ length: 4000 }, () => ({ x: drawFrom(mixture, random), weight: 1 }));
    const found = mixtureOf(points, 4000, 2, random);
    const meanOf = (each: Mixture) =>
      logDensitiesOf(
        each,
        points.map(({ x }) => x),
      ).reduce((sum, log) => sum + log / points.length, 0);
    expect(found).toHaveLength(2);
    expect(meanOf(found)).toBeGreaterThan(meanOf(mixture) - 0.05);
    expect(meanOf(mixture)).toBeGreaterThan(meanOf([mixture[1]]) + 0.05);
  });
});

test('the shape of a tail', () => {
  const random = createRandom('tail');
  for (const k of [0.2, 0.5, 1]) {
    const pareto = Float64Array.from({ length: 20_000 }, () => (1 - random.uniform()) ** -k);
    expect(Math.abs(tailShapeOf(pareto) - k)).toBeLessThan(0.15);
  }
  expect(tailShapeOf(new Float64Array(1000).fill(1))).toBe(0);
  expect(tailShapeOf([1, 0, 0])).toBe(Number.POSITIVE_INFINITY);
});

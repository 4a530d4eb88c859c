import { describe, expect, test } from 'vitest';
import { marginalsOf, type Objective, objectiveOf, sampleNested, uniform } from '../src/index.js';
import { box, correlated, named, rosenbrock, servedOtherwise, widths } from './problems.js';

const shell = (x: Float64Array, at: number) => {
  const squares = x.reduce((sum, each, i) => sum + (i === 0 ? each - at : each) ** 2, 0);
  return -((Math.sqrt(squares) - 2) ** 2) / 0.02 - Math.log(2 * Math.PI * 0.01) / 2;
};

// Closed forms, and for the last two a quadrature; all over twenty seeds: scripts/oracles.ts.
const oracles: readonly (readonly [string, Objective, number])[] = [
  ['a normal distribution with a correlation of 0.95', correlated(), -3 * Math.log(20)],
  [
    'an eggbox of 18 maxima',
    objectiveOf(box(2, 0, 10 * Math.PI), ([x, y]) => ({ value: (2 + Math.cos(x / 2) * Math.cos(y / 2)) ** 5 })),
    235.85594,
  ],
  [
    'two thin shells',
    objectiveOf(box(2, -6, 6), (x) => ({
      value: Math.log(Math.exp(shell(x, -3.5)) + Math.exp(shell(x, 3.5))),
    })),
    -1.74564,
  ],
];

describe.each(oracles)('%s', (_, objective, logZ) => {
  test('has the evidence that is known, within the error that is told', async () => {
    const found = await sampleNested(objective, { seed: 2, effectiveSamples: 500, sigma: 0.05 });
    expect(found.converged).toBe(true);
    const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
    expect(sigma).toBeLessThanOrEqual(0.05);
    expect(Math.abs(value - logZ)).toBeLessThan(4 * sigma);
  });
});

test('samples are those of the posterior', async () => {
  const found = await sampleNested(correlated(), { effectiveSamples: 2000 });
  marginalsOf(found).forEach(({ mean, sigma, quantiles }, i) => {
    expect(Math.abs(mean / widths[i])).toBeLessThan(0.15);
    expect(sigma / widths[i]).toBeGreaterThan(0.9);
    expect(sigma / widths[i]).toBeLessThan(1.1);
    expect(quantiles.q84 / widths[i]).toBeGreaterThan(0.8);
  });
  expect(found.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test('plateaus, impossible places and failures are no matter', async () => {
  const objective = objectiveOf(box(3, -1, 1), (x) => {
    const r = Math.hypot(...x);
    if (r > 0.9) throw new Error('no model here');
    return { value: r < 0.1 ? 5 : r < 0.5 ? 2 : Number.NEGATIVE_INFINITY };
  });
  const ball = (r: number) => ((4 / 3) * Math.PI * r ** 3) / 8;
  const logZ = Math.log(ball(0.1) * Math.exp(5) + (ball(0.5) - ball(0.1)) * Math.exp(2));
  const found = await sampleNested(objective, { effectiveSamples: 500 });
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(Math.abs(value - logZ)).toBeLessThan(4 * sigma);
  expect(found.failures).toBeGreaterThan(100);
});

test('one parameter is enough, and a pole of ten decades', async () => {
  const objective = objectiveOf(named([uniform(-1, 1)]), ([x]) => ({ value: -Math.log(Math.max(1e-8, Math.abs(x))) }));
  const found = await sampleNested(objective, { effectiveSamples: 500 });
  const { value, sigma } = found.logZ ?? { value: Number.NaN, sigma: 0 };
  expect(Math.abs(value - 2.96634)).toBeLessThan(4 * sigma);
});

test('the same seed gives the same samples, whoever evaluates', async () => {
  const [first, second, other] = [
    await sampleNested(rosenbrock(), { seed: 4, effectiveSamples: 200 }),
    await sampleNested(servedOtherwise(rosenbrock()), { seed: 4, effectiveSamples: 200 }),
    await sampleNested(rosenbrock(), { seed: 5, effectiveSamples: 200 }),
  ];
  expect(second).toEqual(first);
  expect(other.logZ).not.toEqual(first.logZ);
});

test('what cannot be reached is not tried for ever', async () => {
  const found = await sampleNested(correlated(), { sigma: 1e-9, mostEvaluations: 4000 });
  expect(found.converged).toBe(false);
  expect(found.evaluations).toBeLessThan(6000);
});

test('where nothing has a value the error says so', async () => {
  const objective = objectiveOf(box(2, 0, 1), () => ({ value: Number.NEGATIVE_INFINITY }));
  await expect(sampleNested(objective, { mostEvaluations: 2000 })).rejects.toThrow(/no value at any guess/);
});

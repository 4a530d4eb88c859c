import { createRandom } from '@wtilde/data';
import { expect, test } from 'vitest';
import { marginalsOf, objectiveOf, optimise, parsePrior, sampleNuts, uniform } from '../src/index.js';
import { effectiveSamplesOf, splitRHatOf } from '../src/sample/diagnostics.js';
import { correlated, named, servedOtherwise, widths } from './problems.js';

test('a narrow, correlated normal distribution', async () => {
  const fit = await optimise(correlated(), { starts: 2 });
  const found = await sampleNuts(correlated(), fit, { chains: 4, samples: 400 });
  expect(found.converged).toBe(true);
  expect(found.splitRHat).toBeLessThan(1.03);
  expect(found.effectiveSamples).toBeGreaterThan(300);
  marginalsOf(found).forEach(({ mean, sigma }, i) => {
    expect(Math.abs(mean / widths[i])).toBeLessThan(0.2);
    expect(sigma / widths[i]).toBeGreaterThan(0.85);
    expect(sigma / widths[i]).toBeLessThan(1.15);
  });
});

const effects = [28, 8, -3, 7, -1, 1, 18, 12];
const errors = [15, 10, 16, 11, 9, 11, 10, 18];

/** Eight schools (Rubin 1981), not centred: mu normal, tau half-Cauchy, theta standard normal. */
function eightSchools() {
  const normal = (sigma: number) => parsePrior({ normal: [0, sigma] }, {}, 'x');
  const parameters = named([normal(5), uniform(0, 500), ...effects.map(() => normal(1))]);
  return objectiveOf(
    parameters,
    ([mu, tau, ...theta]) => {
      let value = -Math.log(1 + (tau / 5) ** 2);
      const gradient = [0, -(2 * tau) / 25 / (1 + (tau / 5) ** 2), ...theta.map(() => 0)];
      effects.forEach((effect, j) => {
        const off = (effect - mu - tau * theta[j]) / errors[j];
        value -= (off * off) / 2;
        gradient[0] += off / errors[j];
        gradient[1] += (off * theta[j]) / errors[j];
        gradient[2 + j] += (off * tau) / errors[j];
      });
      return { value, gradient };
    },
    true,
  );
}

test('eight schools: means and widths of posteriordb', async () => {
  const objective = eightSchools();
  const fit = await optimise(objective, { starts: 4 });
  const [mu, tau] = marginalsOf(
    await sampleNuts(objective, fit, { chains: 4, samples: 400, warmup: 200, mostDoublings: 5 }),
  );
  // Of posteriordb 1.0: mean 4.4105 and 3.6021, widths 3.3 and 3.2.
  expect(Math.abs(mu.mean - 4.4105)).toBeLessThan(0.2 * 3.3);
  expect(Math.abs(tau.mean - 3.6021)).toBeLessThan(0.2 * 3.2);
  expect(mu.sigma / 3.3).toBeGreaterThan(0.8);
  expect(mu.sigma / 3.3).toBeLessThan(1.25);
  expect(tau.sigma / 3.2).toBeGreaterThan(0.8);
  expect(tau.sigma / 3.2).toBeLessThan(1.25);
});

test('the same seed gives the same samples, whoever evaluates', async () => {
  const fit = await optimise(correlated(), { starts: 2 });
  const options = { chains: 2, samples: 30, warmup: 30 };
  const first = await sampleNuts(correlated(), fit, options);
  expect(await sampleNuts(servedOtherwise(correlated()), fit, options)).toEqual(first);
  const other = await sampleNuts(correlated(), fit, { ...options, seed: 2 });
  expect(other.values).not.toEqual(first.values);
});

test('independent samples are worth themselves, halves that differ are told', () => {
  const random = createRandom('diagnostics');
  const draw = (shift = 0) => Array.from({ length: 1000 }, () => random.normal() + shift);
  const chains = [draw(), draw()];
  expect(effectiveSamplesOf(chains)).toBeGreaterThan(1500);
  expect(splitRHatOf(chains)).toBeLessThan(1.01);
  expect(splitRHatOf([draw(), draw(1)])).toBeGreaterThan(1.1);
  // x_t = 0.9 x_{t-1} + noise is worth (1 - 0.9) / (1 + 0.9) of its length.
  const slow = chains.map((chain) => {
    let at = 0;
    return chain.map((each) => (at = 0.9 * at + each));
  });
  const worth = effectiveSamplesOf(slow);
  expect(worth).toBeGreaterThan(50);
  expect(worth).toBeLessThan(220);
});

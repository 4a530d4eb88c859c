import { expect, test } from 'vitest';
import { maternCorrelation } from '../../src/regularization/maternCorrelation.js';
import matern from './matern.json' with { type: 'json' };

test('the correlation and its derivatives in 40 digits, from nu 0.05 to 20 and from one to none', () => {
  for (const [nu, distance, value, ...derivatives] of matern) {
    const correlation = maternCorrelation(0.4, nu);
    expect(Math.abs(correlation.at(distance) - value), `M at ${distance}, nu ${nu}`).toBeLessThan(2e-14);
    const out = new Float64Array(3);
    correlation.derivatives(distance, out);
    derivatives.forEach((expected, k) => {
      const allowed = 1e-11 * Math.abs(expected) + 1e-13;
      expect(Math.abs(out[k] - expected), `derivative ${k} at ${distance}, nu ${nu}`).toBeLessThan(allowed);
    });
  }
});

test('of a half it is the exponential', () => {
  const { at } = maternCorrelation(0.7, 0.5);
  for (const distance of [1e-6, 0.01, 0.5, 3, 20]) {
    expect(Math.abs(at(distance) - Math.exp(-distance / 0.7))).toBeLessThan(4e-15);
  }
});

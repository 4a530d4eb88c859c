/** Mutated headers, groups and tables: typed errors or numbers, nothing else. WTILDE_UVFITS_MUTANTS=100000 tries more. */
import { expect, test } from 'vitest';
import { fuzzUvfits } from './fuzz.js';

const mutants = Number(process.env.WTILDE_UVFITS_MUTANTS ?? 3000);

test(`${mutants} mutants`, async () => {
  const { refused, taken } = await fuzzUvfits(mutants, 'ci');
  expect(refused + taken).toBe(mutants);
  expect(refused).toBeGreaterThan(mutants / 10);
  expect(taken).toBeGreaterThan(mutants / 10);
});

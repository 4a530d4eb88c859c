import { createReferenceBackend } from '@wtilde/backend-reference';
import { describe, expect, it } from 'vitest';
import {
  createMemoryRunner,
  crossingDatasets,
  defaultDatasets,
  equivalenceSuite,
  huntMutants,
  type Mutant,
  mutants,
  mutantTable,
  mutate,
  shortcutMutants,
  sizeMutants,
  withArguments,
} from '../src/index.js';

// The large datasets find nothing more and take most of the time.
const small = defaultDatasets().filter(({ name }) => !/^(generated|many|alma)/.test(name));
const crossing = crossingDatasets();

describe('mutants', () => {
  it('are all killed, in every kernel that they can spoil', async () => {
    const plain = mutants.filter((mutant) => !shortcutMutants.includes(mutant));
    const backend = createReferenceBackend;
    const fates = [
      ...(await huntMutants({ backend, mutants: plain, datasets: small, crossing: [] })),
      ...(await huntMutants({ backend, mutants: shortcutMutants, datasets: small, crossing })),
    ];
    console.log(mutantTable(fates));
    expect(fates.length).toBeGreaterThan(400);
    expect(fates.filter(({ killedBy }) => killedBy === undefined)).toEqual([]);
  });

  it('that are right up to the n-th are killed, for every symbol of every kernel', async () => {
    const datasets = defaultDatasets().filter(({ name }) => name.startsWith('tiny'));
    const wrongAfter = sizeMutants(crossing);
    const fates = await huntMutants({ backend: createReferenceBackend, mutants: wrongAfter, datasets, crossing });
    console.log(mutantTable(fates));
    expect(fates.length).toBeGreaterThan(70);
    expect(fates.filter(({ killedBy }) => killedBy === undefined)).toEqual([]);
  });

  it('die of their mistakes, not of being wrapped', async () => {
    const harmless: Mutant = { name: 'none', affects: () => true, spoil: withArguments((args) => args) };
    const runner = createMemoryRunner();
    await equivalenceSuite({
      runner,
      backend: () => mutate(createReferenceBackend(), harmless),
      datasets: small,
      crossing,
    });
    const results = await runner.run();
    expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

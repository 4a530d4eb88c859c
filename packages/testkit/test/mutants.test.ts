import { createReferenceBackend } from '@wtilde/backend-reference';
import { describe, expect, it } from 'vitest';
import {
  createMemoryRunner,
  defaultDatasets,
  equivalenceSuite,
  huntMutants,
  type Mutant,
  mutantTable,
  mutate,
  withArguments,
} from '../src/index.js';

// The large datasets find nothing more and take most of the time.
const small = defaultDatasets().filter(({ name }) => !/^(generated|many|alma)/.test(name));

describe('mutants', () => {
  it('are all killed, in every kernel that they can spoil', async () => {
    const fates = await huntMutants({ backend: createReferenceBackend, datasets: small });
    console.log(mutantTable(fates));
    expect(fates.length).toBeGreaterThan(200);
    expect(fates.filter(({ killedBy }) => killedBy === undefined)).toEqual([]);
  });

  it('die of their mistakes, not of being wrapped', async () => {
    const harmless: Mutant = { name: 'none', affects: () => true, spoil: withArguments((args) => args) };
    const runner = createMemoryRunner();
    await equivalenceSuite({ runner, backend: () => mutate(createReferenceBackend(), harmless), datasets: small });
    const results = await runner.run();
    expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

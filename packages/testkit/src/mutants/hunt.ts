import { createReferenceBackend } from '@wtilde/backend-reference';
import type { SyncBackend } from '@wtilde/core-types';
import { type CrossingDataset, crossingDatasets } from '../datasets/crossing.js';
import type { TestDataset } from '../datasets/dataset.js';
import { defaultDatasets } from '../datasets/defaults.js';
import { createOracle } from '../oracle/oracle.js';
import { createMemoryRunner } from '../runner/memoryRunner.js';
import { equivalenceSuite } from '../suite/equivalenceSuite.js';
import type { Mutant } from './mutant.js';
import { affectedBy, mutants, mutate } from './mutate.js';

/** What became of one mistake in one kernel. */
export interface Fate {
  readonly mutant: string;
  readonly kernel: string;
  /** The test that noticed, and what it said; undefined for a mutant that survived. */
  readonly killedBy: { readonly test: string; readonly reason: string } | undefined;
}

export interface HuntOptions {
  /** A good backend that the mistakes are made in. */
  readonly backend: () => SyncBackend;
  readonly mutants?: readonly Mutant[];
  readonly datasets?: readonly TestDataset[];
  readonly crossing?: readonly CrossingDataset[];
}

/** Makes every mistake in every kernel by itself and runs the suite of that kernel up to the first failure. */
export async function huntMutants(options: HuntOptions): Promise<readonly Fate[]> {
  const { backend: create, datasets = defaultDatasets(), crossing = crossingDatasets() } = options;
  const oracle = createOracle(createReferenceBackend());
  const fates: Fate[] = [];
  for (const mutant of options.mutants ?? mutants) {
    for (const kernel of affectedBy(mutant)) {
      const runner = createMemoryRunner();
      const backend = () => mutate(create(), { ...mutant, affects: ({ name }) => name === kernel });
      await equivalenceSuite({ runner, backend, datasets, crossing, kernels: [kernel], oracle, environment: {} });
      const failed = (await runner.run({ bail: true })).find(({ status }) => status === 'failed');
      const killedBy = failed && { test: failed.path.slice(2).join(' > '), reason: failed.reason ?? '' };
      fates.push({ mutant: mutant.name, kernel, killedBy });
    }
  }
  return fates;
}

/** The fates as a Markdown table: for every mistake how often it was noticed, and by which tests. */
export function mutantTable(fates: readonly Fate[]): string {
  const rows = [...new Set(fates.map(({ mutant }) => mutant))].map((name) => {
    const own = fates.filter(({ mutant }) => mutant === name);
    const killed = own.filter(({ killedBy }) => killedBy !== undefined);
    const tests = [...new Set(killed.map(({ killedBy }) => killedBy?.test ?? ''))];
    return `| ${name} | ${killed.length} of ${own.length} | ${tests.join('; ')} |`;
  });
  return ['| mistake | kernels in which it was noticed | first test to fail |', '|---|---|---|', ...rows].join('\n');
}

import { createReferenceBackend } from '@wtilde/backend-reference';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../src/checks/differences.js';
import {
  affectedBy,
  createMemoryRunner,
  createOracle,
  defaultDatasets,
  equivalenceSuite,
  mutate,
} from '../src/index.js';
import { derivativeMutants } from '../src/mutants/derivatives.js';

const datasets = defaultDatasets().filter(({ name }) => name.startsWith('tiny'));

describe('derivatives against differences', () => {
  it('find mistakes that the reference shares', async () => {
    let killed = 0;
    for (const mutant of derivativeMutants) {
      for (const kernel of affectedBy(mutant)) {
        const backend = () => mutate(createReferenceBackend(), { ...mutant, affects: ({ name }) => name === kernel });
        const runner = createMemoryRunner();
        // What says what is right has made the same mistake, so that nothing but differences can tell.
        await equivalenceSuite({
          runner,
          backend,
          oracle: createOracle(backend()),
          datasets,
          crossing: [],
          kernels: [kernel],
          environment: {},
        });
        const failed = (await runner.run()).filter(({ status }) => status === 'failed');
        const titles = failed
          .map(({ path }) => path.join(' > '))
          .filter((title) => title.includes('as differences do'));
        expect(titles.length, `${mutant.name} in ${kernel}`).toBeGreaterThan(0);
        killed += 1;
      }
    }
    expect(killed).toBeGreaterThanOrEqual(7);
  });

  it('are taken at whatever step is best', async () => {
    for (const [f, slope, first] of [
      [(t: number) => Math.exp(3 * t), 3, 1],
      [(t: number) => 1e6 + Math.sin(t), 1, 1],
      [(t: number) => 1 / (1 + 1e3 * t), -1e3, 1e-4],
    ] as const) {
      const { value, error } = await differenceOf(async (t) => f(t), first);
      expect(Math.abs(value - slope)).toBeLessThanOrEqual(10 * error);
      expect(error).toBeLessThan(1e-7 * Math.abs(slope) + 1e-8);
    }
  });
});

import { createReferenceBackend } from '@wtilde/backend-reference';
import { type Backend, WtildeError } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import {
  createMemoryRunner,
  createReport,
  defaultDatasets,
  type EquivalenceSuiteOptions,
  equivalenceSuite,
  ignoredAfter,
  type Mutant,
  mutate,
  withResult,
} from '../src/index.js';

type Given = Partial<EquivalenceSuiteOptions>;

async function results(given: Given = {}) {
  const runner = createMemoryRunner();
  await equivalenceSuite({ runner, backend: createReferenceBackend, kernels: ['chiSquared0From'], ...given });
  return await runner.run();
}

const counts = async (given: Given) => {
  const found = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of await results(given)) found[status] += 1;
  return found;
};

const unavailable = (): Backend => {
  throw new WtildeError('BackendUnavailable', {
    what: 'no adapter was found',
    where: 'webgpu',
    remedy: 'install a driver',
  });
};

/** One too much everywhere. */
const offset: Mutant = {
  name: 'one too much',
  affects: ({ name }) => name === 'chiSquared0From',
  spoil: withResult((result) => (typeof result === 'number' ? result + 1 : result)),
};
const wrong = () => mutate(createReferenceBackend(), offset);

describe('equivalenceSuite', () => {
  it('shows an absent backend as one skipped test with the reason', async () => {
    expect(await results({ backend: unavailable, id: 'webgpu', environment: {} })).toEqual([
      {
        path: ['webgpu is available [webgpu: no adapter was found; install a driver]'],
        status: 'skipped',
        reason: undefined,
      },
    ]);
  });

  it('fails for an absent backend that WTILDE_REQUIRE names', async () => {
    const environment = { WTILDE_REQUIRE: 'tfjs, webgpu' };
    const [result] = await results({ backend: unavailable, id: 'webgpu', environment });
    expect(result.status).toBe('failed');
    expect(result.reason).toContain('no adapter was found');
    expect(result.reason).toContain('required by WTILDE_REQUIRE');
  });

  it('passes on other errors of the factory', async () => {
    const broken = () => Promise.reject(new Error('out of luck'));
    await expect(results({ backend: broken })).rejects.toThrow('out of luck');
  });

  it('is strict about known failures: they have to fail', async () => {
    const known = ['agreement', 'auto', 'bind', 'options', 'sizes', 'random'].map((check) => ({
      kernel: 'chiSquared0From',
      check,
      reason: 'one too much',
    }));
    expect(await counts({ backend: wrong })).not.toMatchObject({ failed: 0 });
    const listed = await results({ backend: wrong, knownFailures: known });
    const failed = listed.filter(({ status }) => status === 'failed');
    // Listed by kernel and check: those of these checks that pass all the same are reported.
    expect(failed.every(({ reason }) => reason?.includes('it passes now; take it off the list'))).toBe(true);
    const healed = await results({ knownFailures: known });
    const surprised = healed.find(({ path }) => path.at(-1)?.includes('on tiny [known failure: one too much]'));
    expect(surprised).toMatchObject({ status: 'failed' });
    expect(surprised?.reason).toContain('it passes now');
  });

  it('fails where nothing tests a kernel', async () => {
    const datasets = [{ name: 'nothing', doc: 'no fields', fields: {} }];
    expect(await counts({ datasets })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('disposes of the backend when all is done', async () => {
    let disposed = false;
    const dispose = () => {
      disposed = true;
    };
    const backend = () => ({ ...createReferenceBackend(), dispose });
    await results({ backend });
    expect(disposed).toBe(true);
  });

  it('records how close every result came', async () => {
    const report = createReport();
    await results({ report });
    const [first] = report.measurements;
    expect(first).toEqual({
      backend: 'reference',
      precision: 'float64',
      kernel: 'chiSquared0From',
      method: 'direct',
      dataset: 'tiny',
      error: 0,
      allowed: expect.any(Number),
    });
    expect(first.allowed).toBeGreaterThan(0);
  });

  it('draws the same random problems for the same seed, and names the seed', async () => {
    const titles = (await results({ random: { seed: 7, runs: 3 } })).map(({ path }) => path.at(-1));
    expect(titles).toContain('direct agrees with the reference on 3 random problems (seed 7)');
  });

  it('reports a random failure with its seed and a small problem', async () => {
    const datasets = defaultDatasets().slice(0, 1);
    const found = await results({ backend: wrong, datasets, random: { seed: 7 } });
    const failure = found.find(({ path }) => path.at(-1)?.includes('random problems'));
    expect(failure?.reason).toContain('seed: 7');
    expect(failure?.reason).toContain('"uv":[]');
  });

  it('reports the smallest size that fails', async () => {
    const datasets = defaultDatasets().slice(0, 1);
    const late = () => mutate(createReferenceBackend(), ignoredAfter('K', 1000));
    const found = await results({ backend: late, datasets });
    const failures = found.filter(({ status }) => status === 'failed');
    expect(failures.map(({ path }) => path.at(-1))).toEqual([
      'direct agrees with the reference on K = 67511',
      'every method agrees with the reference at 6 random sizes (seed 1)',
    ]);
    const [, size] = /"symbol":"K","size":(\d+)/.exec(failures[1].reason ?? '') ?? [];
    expect(Number(size)).toBeGreaterThan(1000);
    expect(Number(size)).toBeLessThan(1030);
  });
});

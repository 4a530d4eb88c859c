import { createReferenceBackend } from '@wtilde/backend-reference';
import { expect, it } from 'vitest';
import { benchmarkSuite, defaultDatasets } from '../src/index.js';

const backend = createReferenceBackend();
const datasets = defaultDatasets().slice(0, 1);

it('yields every method of every kernel and the routes of the groups, and each validates', async () => {
  const cases = benchmarkSuite({ backend, datasets });
  expect(cases.map(({ name }) => name)).toContain('chiSquared0From direct on tiny');
  const group = cases.filter((each) => each.group === 'curvatureMatrix on tiny');
  expect(group.map(({ method }) => method)).toEqual(['route dense', 'route wTilde', 'route wCompact', 'route preload']);
  for (const { name, setup, run, validate } of cases) {
    setup();
    await run();
    expect(await validate(), name).toMatchObject({ ok: true });
  }
});

it('measures what the reference cannot judge, without validating it', async () => {
  const [first] = benchmarkSuite({ backend, datasets, kernels: ['wTildeCurvatureInterferometerFrom'], budget: 1 });
  expect(first.name).toBe('wTildeCurvatureInterferometerFrom direct on tiny');
  expect(await first.validate()).toBeUndefined();
  expect(first.run()).toMatchObject({ dtype: 'real', shape: [10, 10] });
});

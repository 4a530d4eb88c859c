import { createReferenceBackend } from '@wtilde/backend-reference';
import { findKernel } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { createOracle, defaultDatasets, mutate, withResult } from '../src/index.js';

it('computes arguments and results once per dataset', () => {
  const ran: string[] = [];
  const counted = mutate(createReferenceBackend(), {
    name: 'counted',
    affects: () => true,
    spoil: (kernel) =>
      withResult((result) => {
        ran.push(kernel.descriptor.name);
        return result;
      })(kernel),
  });
  const oracle = createOracle(counted);
  const [tiny] = defaultDatasets();
  const kernel = findKernel('logLikelihoodFunctionViaWCompactFrom');
  const first = oracle.expected(tiny, kernel);
  expect(oracle.expected(tiny, kernel)).toBe(first);
  oracle.argumentsOf(tiny, findKernel('wTildeViaCompactFrom'));
  expect(ran).toEqual([
    'wCompactCurvatureInterferometerFrom',
    'dirtyImageInterferometerFrom',
    'logLikelihoodFunctionViaWCompactFrom',
  ]);
});

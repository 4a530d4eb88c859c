import { kernels } from '@wtilde/core-types';
import { createResolver, generated } from '@wtilde/data';
import { countBytes } from '@wtilde/testkit';
import { describe, expect, it } from 'vitest';
import { createLoopsBackend } from '../src/index.js';
import { looseKernel } from './looseKernels.js';

const backend = createLoopsBackend();

/** What a warm evidence may allocate beside its results. */
const most = 64 * 1024;

describe('a warm bound evidence makes no new matrices', () => {
  for (const [M, S] of [
    [2800, 441],
    [1200, 1200],
  ] as const) {
    it(`of ${S} source pixels and about ${M} image pixels`, () => {
      const N = Math.ceil(Math.sqrt(M / 0.785));
      const fields = generated({ N, K: 30, S, B: 3, P: 6 });
      const resolver = createResolver(fields, (name, args) => looseKernel(backend, name)(args));
      const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization, ...rest } =
        resolver.argumentsOf(kernels.evidenceViaWCompactFrom);
      const kernel = looseKernel(backend, 'evidenceViaWCompactFrom');
      const bound = kernel.bind({ wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization });
      const first = bound(rest);
      const { result, bytes } = countBytes(() => bound(rest));
      expect(result).toEqual(first);
      expect(bytes).toBeGreaterThan(8 * S);
      expect(bytes - 8 * S).toBeLessThan(most);
    });
  }
});

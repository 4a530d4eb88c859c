/** The sizes of science: transforms of many visibilities, F and evidences of large images, and how cost grows. */

import { accumulate, complex, index, type KernelArgs, real, type VisibilityChunk } from '@wtilde/core-types';
import { createRandom, generated } from '@wtilde/data';
import { createLoopsBackend } from '../dist/index.js';
import { calibrate, median, timeOf } from './timing.ts';

const { kernels } = createLoopsBackend();
console.log('calibration', calibrate());

function visibilities(K: number, maxBaseline: number) {
  const random = createRandom(`large ${K}`);
  return {
    noiseMapReal: real(Float64Array.from({ length: K }, () => 0.5 + random.uniform())),
    uvWavelengths: real(
      Float64Array.from({ length: 2 * K }, () => 2 * maxBaseline * (random.uniform() - 0.5)),
      [K, 2],
    ),
  };
}

const only = process.argv[2];
const want = (name: string) => only === undefined || name.includes(only);

if (want('wCompact')) {
  const args = { ...visibilities(1e6, 5e6), gridSize: 140, pixelScale: 0.05 };
  for (const tolerance of [1e-12, 1e-6]) {
    const ms = median(() => kernels.wCompactCurvatureInterferometerFrom(args, { tolerance, check: 'shapes' }), {
      rounds: 3,
      budget: 0,
    });
    console.log('wCompact K=1e6 N=140', tolerance, ms.toFixed(0), 'ms');
  }
}
if (want('scaling')) {
  for (const K of [1e4, 1e5, 1e6]) {
    const args = { ...visibilities(K, 5e6), gridSize: 60, pixelScale: 0.05 };
    console.log(
      'wCompact N=60 K',
      K,
      median(() => kernels.wCompactCurvatureInterferometerFrom(args, { check: 'shapes' }), {
        rounds: 3,
        budget: 0,
      }).toFixed(1),
    );
  }
}
function problem(N: number, S: number) {
  return generated({ N, K: 1000, S, B: 3, P: 4 });
}
if (want('curvature')) {
  for (const [N, S] of [
    [100, 1000],
    [70, 1500],
  ] as const) {
    const fields = problem(N, S);
    const M = fields.dirty_image.shape[0];
    const args = { ...visibilities(1000, 1e5), gridSize: N, pixelScale: 0.1 };
    const wCompact = kernels.wCompactCurvatureInterferometerFrom(args);
    const bound = kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
      wCompact,
      nativeIndexForSlimIndex: fields.native_index_for_slim_index as never,
    });
    const T = {
      pixIndexesForSubSlimIndex: fields.pix_indexes_for_sub_slim_index as never,
      pixWeightsForSubSlimIndex: fields.pix_weights_for_sub_slim_index as never,
      pixels: S,
    };
    for (const method of ['auto', 'convolution', 'fft'])
      console.log(
        'F',
        { N, M, S, method },
        median(() => bound(T, { check: 'shapes', method }), { rounds: 5, budget: 0 }).toFixed(0),
        'ms',
      );
  }
}

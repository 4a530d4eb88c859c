import { implement, type KernelRunArgs, kernels, radiansPerPixel, real } from '@wtilde/core-types';
import { displacementLattice } from '@wtilde/numerics';
import { displacementMethods } from '../shared/displacementSums.js';

export const wCompactCurvatureInterferometerFrom = implement(
  kernels.wCompactCurvatureInterferometerFrom,
  displacementMethods({
    name: 'wCompactCurvatureInterferometerFrom',
    shapeOf: ({ N }) => ({ rows: N, columns: N }),
    displacementsOf: ({ pixelScale }: KernelRunArgs<'wCompactCurvatureInterferometerFrom'>, { N }) =>
      displacementLattice(N, N, radiansPerPixel(pixelScale)),
    resultOf: (values, _args, { N }) => real(values, [N, 2 * N - 1]),
    bytes: ({ K, N }) => 8 * (3 * K + 2 * N * N),
  }),
);

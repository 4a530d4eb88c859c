import { implement, type KernelRunArgs, kernels, radiansPerPixel, real } from '@wtilde/core-types';
import { displacementLattice } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementMethods } from '../shared/displacementSums.js';

const name = 'wCompactCurvatureInterferometerFrom';

export const wCompactCurvatureInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wCompactCurvatureInterferometerFrom,
    displacementMethods(engine, {
      name,
      shapeOf: ({ N }) => ({ rows: N, columns: N }),
      displacementsOf({ pixelScale }: KernelRunArgs<typeof name>, { N }) {
        const pitch = radiansPerPixel(pixelScale);
        return displacementLattice(N, N, pitch, pitch);
      },
      resultOf: (values, { N }) => real(values, [N, 2 * N - 1]),
      bytes: ({ K, N }) => 8 * (3 * K + 2 * N * N),
    }),
  );

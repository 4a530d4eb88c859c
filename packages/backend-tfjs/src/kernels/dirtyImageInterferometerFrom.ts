import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { onHost } from '../shared/methods.js';
import { latticeSums, onLattice, onPoints, pointSums } from '../shared/pixelSums.js';

export const dirtyImageInterferometerFrom = (engine: Engine) =>
  onHost(kernels.dirtyImageInterferometerFrom, {
    lattice: {
      ...onLattice,
      run: ({ uvWavelengths: uv, gridRadiansSlim: grid, ...args }, context) =>
        latticeSums(engine, { uv, grid, strengths: strengthsOf(args) }, context),
    },
    points: {
      ...onPoints,
      run: ({ uvWavelengths: uv, gridRadiansSlim: grid, ...args }, context) =>
        pointSums(engine, { uv, grid, strengths: strengthsOf(args) }, context),
    },
  });

interface Values {
  readonly data: Float64Array;
}

function strengthsOf({ data: v, noiseMap: n }: { readonly data: Values; readonly noiseMap: Values }) {
  return {
    cosine: (k: number) => v.data[2 * k] / n.data[2 * k] ** 2,
    sine: (k: number) => v.data[2 * k + 1] / n.data[2 * k + 1] ** 2,
  };
}

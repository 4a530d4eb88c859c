import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { onHost } from '../shared/methods.js';
import { latticeSums, onLattice, onPoints, pointSums } from '../shared/pixelSums.js';

export const wTildeDataInterferometerFrom = (engine: Engine) =>
  onHost(kernels.wTildeDataInterferometerFrom, {
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

function strengthsOf({
  visibilitiesReal: v,
  noiseMapReal: n,
}: {
  readonly visibilitiesReal: Values;
  readonly noiseMapReal: Values;
}) {
  return { cosine: (k: number) => (n.data[k] ** 2 / v.data[k]) ** 2, sine: () => 0 };
}

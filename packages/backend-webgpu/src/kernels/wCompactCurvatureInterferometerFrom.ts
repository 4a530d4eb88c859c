import { type AsyncImplementation, radiansPerPixel, real } from '@wtilde/core-types';
import { displacementLattice, weightStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { hostArray } from '../device/hostArray.js';
import { latticeSums, latticeSumsFit, latticeSumsFlops } from '../transforms/latticeSums.js';

const name = 'wCompactCurvatureInterferometerFrom';

export const wCompactCurvatureInterferometerFrom = (device: Device): AsyncImplementation<typeof name> => ({
  methods: {
    factorised: {
      cost: ({ K, N }) => ({ flops: latticeSumsFlops(K, N, 2 * N - 1), bytes: 24 * K + 8 * N * N }),
      canRun: ({ N }) => latticeSumsFit(device, N, 2 * N - 1),
      run: ({ noiseMapReal, uvWavelengths, pixelScale }, context) =>
        device.scoped(name, async (scope) => {
          const { N } = context.sizes;
          const pitch = radiansPerPixel(pixelScale);
          const strengths = weightStrengths((await hostArray(noiseMapReal)).data);
          const uv = (await hostArray(uvWavelengths)).data;
          const lattice = displacementLattice(N, N, pitch, pitch);
          const values = await latticeSums(device, name, context, strengths, uv, lattice);
          return scope.finishOnHost(real(values, [N, 2 * N - 1]), context.options);
        }),
    },
  },
});

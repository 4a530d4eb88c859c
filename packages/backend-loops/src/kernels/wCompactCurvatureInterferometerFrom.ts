import { real, type SyncImplementation } from '@wtilde/core-types';
import { wCompactFactorised } from '../fourier/w-compact-factorised.js';
import { onBlockOf } from '../shared/onBlock.js';

export const wCompactCurvatureInterferometerFrom: SyncImplementation<'wCompactCurvatureInterferometerFrom'> = {
  methods: {
    factorised: {
      cost: ({ K, N }) => ({ flops: 4 * K * N * N, bytes: 8 * (3 * K + 2 * N * N), time: K * N * (N + 20) }),
      run({ gridSize, noiseMapReal, uvWavelengths, pixelScale }, context) {
        const onBlock = onBlockOf(context, 'wCompactCurvatureInterferometerFrom');
        const c = new Float64Array(gridSize * (2 * gridSize - 1));
        wCompactFactorised(gridSize, noiseMapReal.data, uvWavelengths.data, pixelScale, c, onBlock);
        return real(c, [gridSize, 2 * gridSize - 1]);
      },
    },
  },
};

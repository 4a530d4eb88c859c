import { real, type SyncImplementation } from '@wtilde/core-types';
import { cholesky, choleskySolve } from '../math/cholesky.js';

export const reconstructionPositiveNegativeFrom: SyncImplementation<'reconstructionPositiveNegativeFrom'> = {
  methods: {
    direct: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 2 * S ** 2, bytes: 8 * (2 * S * S + 2 * S) }),
      run: ({ dataVector, curvatureRegMatrix }, { sizes: { S } }) =>
        real(choleskySolve(cholesky(curvatureRegMatrix.data, S), dataVector.data)),
    },
  },
};

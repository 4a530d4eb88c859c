import { real, type SyncImplementation } from '@wtilde/core-types';
import { constantRegularizationMatrix } from '@wtilde/numerics';

export const constantRegularizationMatrixFrom: SyncImplementation<'constantRegularizationMatrixFrom'> = {
  methods: {
    scatter: {
      cost: ({ S, P }) => ({ flops: S * (P + 2), bytes: 8 * S * S + 4 * S * P }),
      run({ coefficient, neighbors, neighborsSizes }, { sizes: { S } }) {
        const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
        return real(constantRegularizationMatrix(coefficient, graph), [S, S]);
      },
    },
  },
};

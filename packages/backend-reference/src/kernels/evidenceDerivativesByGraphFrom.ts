import { implement, kernels } from '@wtilde/core-types';
import { derivativesByGraph } from '../math/derivatives.js';

export const evidenceDerivativesByGraphFrom = implement(kernels.evidenceDerivativesByGraphFrom, {
  direct: {
    cost: ({ S }) => ({ flops: 3 * S ** 3 + 20 * S ** 2, bytes: 48 * S * S }),
    run: (args) => derivativesByGraph(args),
  },
});

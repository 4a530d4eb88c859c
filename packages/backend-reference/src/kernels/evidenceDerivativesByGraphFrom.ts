import { implement, kernels } from '@wtilde/core-types';
import { derivativesByGraph } from '../math/derivatives.js';

export const evidenceDerivativesByGraphFrom = implement(kernels.evidenceDerivativesByGraphFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3 + 29 * S ** 2, bytes: 48 * S * S }),
    run: (args) => derivativesByGraph(args),
  },
});

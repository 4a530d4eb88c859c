import { implement, kernels } from '@wtilde/core-types';
import { middleFrom } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByGraphFrom = implement(kernels.evidenceDerivativesByGraphFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
    run: middleFrom,
  },
});

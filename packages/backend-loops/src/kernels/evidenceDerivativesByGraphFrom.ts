import { implement, kernels } from '@wtilde/core-types';
import { derivativesByGraphFrom } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByGraphFrom = implement(kernels.evidenceDerivativesByGraphFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
    run: (args) => derivativesByGraphFrom(args.curvatureMatrix.data, args.dataVector.data, args),
  },
});

import { implement, kernels } from '@wtilde/core-types';
import { evidenceTerms } from '../math/evidence.js';

export const evidenceTermsFrom = implement(kernels.evidenceTermsFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 9 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
    run: (args) =>
      evidenceTerms({
        ...args,
        curvatureMatrix: args.curvatureMatrix.data,
        dataVector: args.dataVector.data,
        regularizationMatrix: args.regularizationMatrix.data,
      }),
  },
});

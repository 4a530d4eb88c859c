import { implement, kernels } from '@wtilde/core-types';
import { evidenceTerms } from '../math/evidence.js';
import { entriesOf } from '../math/sparseMapping.js';

export const evidenceTermsFrom = implement(kernels.evidenceTermsFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 25 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
    run(args) {
      const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
      const mapping =
        indexes === undefined || weights === undefined
          ? undefined
          : { rows: indexes.shape[0], entries: entriesOf(indexes, weights) };
      return evidenceTerms({
        ...args,
        curvatureMatrix: args.curvatureMatrix.data,
        dataVector: args.dataVector.data,
        regularizationMatrix: args.regularizationMatrix.data,
        regularizationRowSums: args.regularizationRowSums?.data,
        mapping,
      });
    },
  },
});

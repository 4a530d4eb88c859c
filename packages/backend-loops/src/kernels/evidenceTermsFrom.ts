import { implement, kernels } from '@wtilde/core-types';
import { evidenceRecord, factorEvidence, mappingRowsOf, regularizationOfMatrix } from '@wtilde/numerics';

export const evidenceTermsFrom = implement(kernels.evidenceTermsFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 14 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
    run({ curvatureMatrix, dataVector, regularizationMatrix, regularizationRowSums, ...args }, { sizes: { S } }) {
      const regularization = regularizationOfMatrix(S, regularizationMatrix.data, regularizationRowSums?.data);
      const factored = factorEvidence(curvatureMatrix.data, regularization);
      return evidenceRecord({ ...args, dataVector: dataVector.data, mapping: mappingRowsOf(args) }, factored);
    },
  },
});

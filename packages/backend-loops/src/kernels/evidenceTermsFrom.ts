import { implement, kernels, real } from '@wtilde/core-types';
import { evidenceTerms, factorEvidence, regularizationOfMatrix } from '@wtilde/numerics';

export const evidenceTermsFrom = implement(kernels.evidenceTermsFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 6 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
    run({ curvatureMatrix, dataVector, regularizationMatrix, ...scalars }, { sizes: { S } }) {
      const regularization = regularizationOfMatrix(S, regularizationMatrix.data);
      const factored = factorEvidence(curvatureMatrix.data, regularization);
      const terms = evidenceTerms({ ...scalars, dataVector: dataVector.data }, factored);
      return { ...terms, reconstruction: real(terms.reconstruction) };
    },
  },
});

import { implement, kernels, real } from '@wtilde/core-types';
import { evidenceTerms, regularizationOfMatrix } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';

export const evidenceTermsFrom = (engine: Engine) =>
  implement(kernels.evidenceTermsFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 6 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
      run: ({ curvatureMatrix, regularizationMatrix, dataVector, ...scalars }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const regularization = regularizationOfMatrix(S, regularizationMatrix.data);
          const factored = factorEvidence(engine, arena, arena.putF64(curvatureMatrix.data), regularization);
          const terms = evidenceTerms({ ...scalars, dataVector: dataVector.data }, factored);
          return { ...terms, reconstruction: real(terms.reconstruction) };
        }),
    },
  });

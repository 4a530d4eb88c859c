import { implement, kernels } from '@wtilde/core-types';
import { evidenceRecord, mappingRowsOf, regularizationOfMatrix } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';

export const evidenceTermsFrom = (engine: Engine) =>
  implement(kernels.evidenceTermsFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 14 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
      run: ({ curvatureMatrix, regularizationMatrix, regularizationRowSums, dataVector, ...args }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const regularization = regularizationOfMatrix(S, regularizationMatrix.data, regularizationRowSums?.data);
          const factored = factorEvidence(engine, arena, arena.putF64(curvatureMatrix.data), regularization);
          return evidenceRecord({ ...args, dataVector: dataVector.data, mapping: mappingRowsOf(args) }, factored);
        }),
    },
  });

import { real, type SyncImplementation } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { factorPacked, packedLength, packLowerTriangle } from '../linalg/cholesky.js';
import { evidenceTerms, quadraticForm } from '../linalg/evidenceTerms.js';

export const evidenceTermsFrom = (engine: Engine): SyncImplementation<'evidenceTermsFrom'> => ({
  methods: {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 6 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
      run: ({ curvatureMatrix, regularizationMatrix, dataVector, ...scalars }, { sizes: { S } }) =>
        engine.scoped((arena) => {
          const curvature = arena.putF64(curvatureMatrix.data);
          const regularization = arena.putF64(regularizationMatrix.data);
          const packed = arena.f64(packedLength(S));
          packLowerTriangle(engine, S, curvature, packed);
          packLowerTriangle(engine, S, regularization, packed, true);
          const factor = factorPacked(engine, arena, packed, S);
          const form = (s: Float64Array) => quadraticForm(engine, S, regularization, s);
          const terms = evidenceTerms(engine, factor, curvature, dataVector.data, form, scalars);
          return { ...terms, reconstruction: real(terms.reconstruction) };
        }),
    },
  },
});

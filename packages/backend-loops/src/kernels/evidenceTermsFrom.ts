import { real, type SyncImplementation } from '@wtilde/core-types';
import { evidenceTerms } from '../linalg/evidenceTerms.js';

export const evidenceTermsFrom: SyncImplementation<'evidenceTermsFrom'> = {
  methods: {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3 / 3 + 6 * S ** 2, bytes: 8 * (3 * S * S + 2 * S) }),
      run(args, { sizes: { S } }) {
        const terms = evidenceTerms({
          ...args,
          order: S,
          curvatureMatrix: args.curvatureMatrix.data,
          dataVector: args.dataVector.data,
          regularizationMatrix: args.regularizationMatrix.data,
        });
        return { ...terms, reconstruction: real(terms.reconstruction) };
      },
    },
  },
};

import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { middleFrom } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByGraphFrom = (engine: Engine) =>
  implement(kernels.evidenceDerivativesByGraphFrom, {
    cholesky: {
      cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
      run: (args) => middleFrom(engine, args),
    },
  });

import { createLoopsBackend } from '@wtilde/backend-loops';
import { kernels, type LooseArgs } from '@wtilde/core-types';
import { createResolver, smaLike } from '@wtilde/data';

/** The arguments of an evidence of seeded data, the same in every runtime to rounding. */
export function evidenceArgs(): LooseArgs {
  const loops = createLoopsBackend();
  const fields = smaLike({ N: 24, K: 120, S: 100, B: 3 });
  const run: Readonly<Record<string, unknown>> = loops.kernels;
  return createResolver(fields, (name, args) => {
    const kernel = run[name];
    if (typeof kernel !== 'function') throw new Error(`no kernel ${name}`);
    return kernel(args);
  }).argumentsOf(kernels.logLikelihoodFunctionViaWCompactFrom);
}

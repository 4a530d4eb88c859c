import { createLoopsBackend } from '@wtilde/backend-loops';
import { type KernelDescriptor, kernels, type LooseArgs } from '@wtilde/core-types';
import { createResolver, type Fields, fieldsFromNpz, smaLike } from '@wtilde/data';

/** The arguments of an evidence of seeded data, the same in every runtime to rounding. */
export function evidenceArgs(): LooseArgs {
  return argumentsFrom(smaLike({ N: 24, K: 120, S: 100, B: 3 }));
}

/** The arguments of the evidence of the bundled dataset, from its file. */
export function bundledArgs(inputs: Uint8Array): LooseArgs {
  return argumentsFrom(fieldsFromNpz(inputs, { where: 'inputs.npz' }));
}

function argumentsFrom(fields: Fields): LooseArgs {
  return argumentsOn(fields, kernels.logLikelihoodFunctionViaWCompactFrom);
}

/** The arguments of any kernel, of seeded data of these sizes. */
export function argumentsOfKernel(sizes: Parameters<typeof smaLike>[0], kernel: KernelDescriptor): LooseArgs {
  return argumentsOn(smaLike(sizes), kernel);
}

function argumentsOn(fields: Fields, descriptor: KernelDescriptor): LooseArgs {
  const loops = createLoopsBackend();
  const run: Readonly<Record<string, unknown>> = loops.kernels;
  return createResolver(fields, (name, args) => {
    const kernel = run[name];
    if (typeof kernel !== 'function') throw new Error(`no kernel ${name}`);
    return kernel(args);
  }).argumentsOf(descriptor);
}

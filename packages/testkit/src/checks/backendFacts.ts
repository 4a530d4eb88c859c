/** What holds for a backend as a whole. */
import { type Backend, isKernelName, kernelNames, kernelOf, type LooseKernel } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { demandError } from '../contract/outcome.js';
import type { Check } from './check.js';

/** `create` makes another backend of the same kind, which is then disposed of. */
export function backendFacts(backend: Backend, create: () => Backend | Promise<Backend>): readonly Check[] {
  const at = { kernel: 'backend', check: 'backend' };
  return [
    { ...at, title: 'says who it is', run: async () => saysWhoItIs(backend) },
    { ...at, title: 'every kernel describes its methods', run: async () => describesMethods(backend) },
    { ...at, title: 'after dispose its kernels give Disposed', run: () => disposes(create) },
  ];
}

function saysWhoItIs(backend: Backend): void {
  const { contract, id, info, kernels, precision, mode } = backend;
  demand(contract === 1, `the contract is ${contract}, this testkit knows version 1`);
  demand(/^[a-z][a-z0-9-]*$/.test(id), `'${id}' is no id: lower case letters, digits and hyphens`);
  demand(info.summary.trim() !== '', 'info.summary is empty');
  demand(precision === 'float32' || precision === 'float64', `unknown precision ${precision}`);
  demand(mode === 'sync' || mode === 'async', `unknown mode ${mode}`);
  JSON.stringify(info); // Throws where the facts are no JSON values.
  const strange = Object.keys(kernels).filter((name) => !isKernelName(name));
  demand(strange.length === 0, `no such kernels in the catalogue: ${strange.join(', ')}`);
}

function describesMethods(backend: Backend): void {
  for (const { name, kernel } of implemented(backend)) {
    const methods = Object.keys(kernel.methods);
    demand(methods.length > 0, `${name} has no method`);
    demand(!methods.includes('auto'), `${name}: 'auto' is not a name for a method`);
    demand(kernel.descriptor.name === name, `${name} carries the descriptor of ${kernel.descriptor.name}`);
  }
}

async function disposes(create: () => Backend | Promise<Backend>): Promise<void> {
  const backend = await create();
  const [first] = implemented(backend);
  demand(backend.dispose !== undefined, 'the backend has no dispose()');
  backend.dispose();
  backend.dispose(); // A second time does no harm.
  if (first !== undefined) await demandError('Disposed', first.name, () => first.kernel({}));
}

function implemented(backend: Backend): readonly { readonly name: string; readonly kernel: LooseKernel }[] {
  return kernelNames().flatMap((name) => {
    const kernel = kernelOf(backend, name);
    return kernel === undefined ? [] : [{ name, kernel }];
  });
}

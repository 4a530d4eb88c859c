import {
  createValidator,
  type Dim,
  evaluate,
  findKernel,
  type KernelName,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  parseDim,
  type ResultSpec,
  real,
  type Sizes,
} from '@wtilde/core-types';

/** A stand-in for a backend: validates the arguments and returns a result of the right shape, all ones. */
export function shapedCall(ran: string[] = []): (kernel: KernelName, args: LooseArgs) => LooseResult {
  return (kernel, args) => {
    ran.push(kernel);
    const descriptor = findKernel(kernel);
    return shaped(descriptor.returns, createValidator(descriptor).validate(args).sizes);
  };
}

function shaped(spec: ResultSpec, sizes: Sizes): LooseResult {
  if (spec.kind === 'scalar') return 1;
  if (spec.kind === 'array') return ones(spec.dims, sizes);
  const entries = Object.entries(spec.entries).map(([name, leaf]) => [
    name,
    leaf.kind === 'array' ? ones(leaf.dims, sizes) : 1,
  ]);
  return Object.fromEntries(entries);
}

function ones(dims: readonly Dim[], sizes: Sizes): NdArray {
  const shape = dims.map((dim) => evaluate(parseDim(dim), sizes) ?? Number.NaN);
  return real(new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);
}

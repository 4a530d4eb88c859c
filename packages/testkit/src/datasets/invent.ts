/** Fields for parameters that nobody has made data for yet: what their description allows, and nothing more. */
import {
  allKernels,
  createValidator,
  type DType,
  evaluate,
  isWtildeError,
  type KernelDescriptor,
  lanes,
  type NdArray,
  type Param,
  parseDim,
  type Sizes,
  sizeOf,
  symbolFacts,
  symbolsOf,
  upstreamNames,
} from '@wtilde/core-types';
import { createRandom, type Random, resolveArguments } from '@wtilde/data';
import { arrayOf, shapeOf, zeroResult } from '../contract/values.js';
import type { TestDataset } from './dataset.js';

/** What a symbol is that occurs in no other kernel: few, and what makes sense. */
const newSize = 3;
const newSizeOf = (symbol: string): number => Math.max(newSize, symbolFacts(symbol).least);

/**
 * The dataset with a field for every required parameter of the catalogue that it neither holds nor can have computed:
 * that is how a new kernel with new parameters is tested from its descriptor alone. Sizes are those of the dataset where
 * they are not given.
 */
export function withInvented(
  dataset: TestDataset,
  kernels: readonly KernelDescriptor[] = allKernels(),
  given?: Sizes,
): TestDataset {
  const unfed = kernels.flatMap((kernel) => {
    if (tried(() => pretended(kernel, dataset.fields)) !== undefined) return [];
    return Object.entries(kernel.params).filter(([name, param]) => !(param.optional || isFed(kernel, name, dataset)));
  });
  if (unfed.length === 0) return dataset;
  const sizes = given ?? Object.fromEntries(allKernels().flatMap((kernel) => Object.entries(sizesOf(kernel, dataset))));
  const invented = unfed.map(([name, param]) => [
    upstreamNames(name, param)[0],
    invent(param, sizes, createRandom(`${dataset.name}/${name}`)),
  ]);
  return { ...dataset, fields: { ...dataset.fields, ...Object.fromEntries(invented) } };
}

type Named = Pick<KernelDescriptor, 'name' | 'params'>;

function isFed({ name, params }: Named, parameter: string, { fields }: TestDataset): boolean {
  const only = { name, params: { [parameter]: params[parameter] } };
  return tried(() => pretended(only, fields)) !== undefined;
}

function sizesOf(kernel: KernelDescriptor, { fields }: TestDataset): Sizes {
  return tried(() => createValidator(kernel).validate(pretended(kernel, fields), 'shapes').sizes) ?? {};
}

/** The arguments with zeros for what would have to be computed. */
function pretended(kernel: Named, fields: TestDataset['fields']) {
  const [any] = allKernels();
  return resolveArguments({ ...any, ...kernel }, fields, (name, args) => {
    const made = allKernels().find((other) => other.name === name) ?? any;
    return zeroResult(made.returns, createValidator(made).validate(args, 'shapes').sizes);
  });
}

function tried<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (isWtildeError(error, 'MissingArgument')) return undefined;
    throw error;
  }
}

/** Integers within their range, and reals between 1/2 and 3/2: finite, positive, and nothing like a rounded number. */
function invent(param: Param, sizes: Sizes, random: Random): NdArray {
  const number = () => 0.5 + random.uniform();
  if (param.kind === 'scalar') {
    const bound = param.binds === undefined ? newSize : (sizes[param.binds] ?? newSizeOf(param.binds));
    return param.type === 'size'
      ? arrayOf('index', [bound], [])
      : arrayOf('real', [(param.minimum ?? 0) + number()], []);
  }
  if (param.kind === 'pair') {
    const pair = [number(), number()].map((value) => value + (param.above ?? 0));
    return param.type === 'size' ? arrayOf('index', [newSize, newSize], [2]) : arrayOf('real', pair, [2]);
  }
  const shape = shapeOf(param.dims, withNew(symbolsOf(param), sizes));
  const length = sizeOf(shape) * lanes(param.dtype);
  const { values } = param;
  const end = typeof values === 'string' ? 2 : evaluate(parseDim([values.below].flat()[0]), withNew([], sizes));
  const from = typeof values === 'string' ? 0 : values.from;
  const whole = () => from + random.integer(Math.max(1, (end ?? newSize) - from));
  return arrayOf(param.dtype, Array.from({ length }, isWhole(param.dtype) ? whole : number), shape);
}

function withNew(symbols: readonly string[], sizes: Sizes): Sizes {
  return { ...Object.fromEntries(symbols.map((symbol) => [symbol, newSizeOf(symbol)])), ...sizes };
}

function isWhole(dtype: DType): boolean {
  return dtype === 'index' || dtype === 'bool';
}

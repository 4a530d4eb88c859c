/** Mistakes that any kernel can make whatever it computes. */
import {
  type Arguments,
  isWtildeError,
  type KernelDescriptor,
  type LooseBound,
  type LooseOptions,
  type LooseResult,
  type Param,
} from '@wtilde/core-types';
import { copyResult, isHostArray } from '../contract/values.js';
import { transposed } from '../properties/transformations.js';
import { mapArrays, mapLeaves, mapNumbers } from './arrays.js';
import { type Mutant, oneByOne, rebuilt, resultOf, unchecked, withArguments, withResult } from './mutant.js';

/** Matrices that are their own transpose: nobody can tell. */
const symmetric =
  /^(wTilde(Curvature|Via\w+)|curvatureMatrix\w+|curvatureRegMatrixInverse|(constant|weighted)RegularizationMatrix)/;

export const mannersMutants: readonly Mutant[] = [
  {
    name: 'result rounded to float32',
    affects: ({ name }) => name !== 'mask2dCircularFrom',
    spoil: withResult((result) => mapLeaves(result, (array) => mapNumbers(array, Math.fround))),
  },
  {
    name: 'result transposed',
    affects: ({ name, returns }) => returns.kind === 'array' && returns.dims.length === 2 && !symmetric.test(name),
    spoil: withResult((result) => mapLeaves(result, (array) => ({ ...transposed(array), shape: array.shape }))),
  },
  {
    name: 'input written into',
    affects: takesArrays,
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        const result = kernel(args, options);
        const array = Object.values(args).find((value) => isHostArray(value) && value.data.length > 0);
        if (isHostArray(array)) array.data[0] += 1;
        return result;
      }),
  },
  {
    name: 'noise in the last digits',
    affects: ({ name }) => name !== 'mask2dCircularFrom',
    spoil(kernel) {
      let calls = 0;
      return withResult((result) => {
        calls += 1;
        return mapLeaves(result, (array) => mapNumbers(array, (value) => value * (1 + calls * 2 ** -52)));
      })(kernel);
    },
  },
  {
    name: 'results share their memory',
    affects: ({ returns }) => returns.kind === 'array',
    spoil(kernel) {
      const kept = new Map<string, LooseResult>();
      return withResult((result) => {
        if (!isHostArray(result)) return result;
        const key = result.shape.join();
        const before = kept.get(key);
        if (!isHostArray(before)) kept.set(key, result);
        else before.data.set(result.data);
        return before ?? result;
      })(kernel);
    },
  },
  {
    name: 'stale cache in bind',
    // With a single argument all of it is bound, and nothing can change.
    affects: ({ params }) => Object.keys(params).length > 1,
    spoil: (kernel) =>
      rebuilt(kernel, kernel, (fixed) => {
        const bound = kernel.bind(fixed);
        let first: LooseResult | undefined;
        const run = (rest: Arguments, options: LooseOptions = {}) => {
          const result = resultOf(bound(rest, options));
          first ??= result;
          return copyResult(first);
        };
        return Object.assign(run, { runMany: oneByOne(run), dispose: () => bound.dispose() });
      }),
  },
  {
    name: 'the first of many calls for all of them',
    affects: ({ params }) => Object.keys(params).length > 1,
    spoil: (kernel) =>
      rebuilt(kernel, kernel, (fixed) => {
        const bound = kernel.bind(fixed);
        const runMany = (rests: readonly Arguments[], options?: LooseOptions) => {
          const [first] = rests;
          return rests.map(() => copyResult(resultOf(bound(first, options))));
        };
        const run = (rest: Arguments, options?: LooseOptions) => bound(rest, options);
        return Object.assign(run, { runMany, dispose: () => bound.dispose() });
      }),
  },
  {
    name: 'bound kernel outlives dispose',
    affects: () => true,
    spoil: (kernel) =>
      rebuilt(kernel, kernel, (fixed): LooseBound<unknown> => Object.assign(kernel.bind(fixed), { dispose() {} })),
  },
  {
    name: 'optional arguments ignored',
    affects: ({ params }) => Object.values(params).some((param) => param.optional && !isTold(param)),
    spoil: (kernel) => withArguments((args) => requiredOnly(kernel.descriptor, args))(kernel),
  },
  {
    name: 'NaN and infinity not looked at',
    affects: ({ params }) => Object.values(params).some((param) => param.kind === 'array' && isFloating(param.dtype)),
    spoil: unchecked((args) =>
      mapArrays(args, undefined, (array) => mapNumbers(array, (value) => (Number.isFinite(value) ? value : 1))),
    ),
  },
  {
    name: 'indices out of range accepted',
    affects: ({ params }) => Object.values(params).some(hasRange),
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        try {
          return kernel(args, options);
        } catch (error) {
          if (isWtildeError(error, 'IndexOutOfRange')) return kernel(args, { ...options, check: 'shapes' });
          throw error;
        }
      }),
  },
  {
    name: 'unknown methods taken for auto',
    affects: () => true,
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        const known = Object.hasOwn(kernel.methods, String(options.method));
        return kernel(args, known ? options : { ...options, method: 'auto' });
      }),
  },
  {
    name: 'unknown arguments ignored',
    affects: () => true,
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        const known = Object.entries(args).filter(([name]) => Object.hasOwn(kernel.descriptor.params, name));
        return kernel(Object.fromEntries(known), options);
      }),
  },
  {
    name: 'a promise from a synchronous backend',
    affects: () => true,
    spoil: (kernel) => rebuilt(kernel, async (args, options) => kernel(args, options)),
  },
];

/** Without sub-pixels the number of image pixels, optional too, has to stay: it is the shape of the result. */
function requiredOnly({ params }: KernelDescriptor, args: Arguments): Arguments {
  const kept = Object.entries(args).filter(([name]) => !params[name].optional || name === 'totalMaskPixels');
  return Object.fromEntries(kept);
}

function takesArrays({ params }: KernelDescriptor): boolean {
  return Object.values(params).some(({ kind }) => kind === 'array');
}

function hasRange(param: Param): boolean {
  return param.kind === 'array' && typeof param.values === 'object';
}

function isFloating(dtype: string): boolean {
  return dtype === 'real' || dtype === 'complex';
}

/** A size that other arguments tell as well: who ignores it is right. */
function isTold(param: Param): boolean {
  return param.kind === 'scalar' && param.binds !== undefined && param.default === param.binds;
}

import {
  type ArgumentValue,
  type KernelDescriptor,
  type LooseArgs,
  type LooseResult,
  type Param,
  type Params,
  upstreamNames,
  WtildeError,
} from '@wtilde/core-types';
import { type Fields, fieldNamed } from '../fields.js';
import { fieldAsArgument } from './convert.js';
import { type KernelCall, type Recipe, recipes, synonyms } from './recipes.js';

/** Finds the arguments of kernels in the fields of a problem; what it computes, it computes once. */
export interface Resolver {
  /**
   * The arguments of a kernel.
   *
   * Every parameter is looked up under its upstream names; scalars and pairs are read from arrays of
   * one and two numbers. A required parameter that no field holds is made where it is the result of
   * a kernel:
   *
   * | argument | made by |
   * |---|---|
   * | wCompact | #6 |
   * | wTilde | #7 from wCompact, else #8 from the table, else #4 |
   * | wTildePreload, curvaturePreload | #5 |
   * | mappingMatrix, matrix | #9 |
   * | lostColumns | three columns of W, scaled |
   * | dirtyImage | #22 |
   * | image | the dirty image stands in |
   * | dataVector | #10 |
   * | curvatureMatrix | #13, else #12 |
   * | regularizationMatrix, logDetRegularizationMatrix | #16, #24 |
   * | weights, diagonal | coefficient^2 and 1e-8, as #16 has them |
   * | curvatureRegMatrix | curvatureMatrix + regularizationMatrix |
   * | reconstruction, response, curvatureRegMatrixInverse | #44 |
   * | chiSquared0, noiseNormalization | #25, #18 |
   * | noiseMapReal, visibilitiesReal | real parts of noise_map and data |
   *
   * Optional parameters are taken where a field holds them and never made.
   *
   * @throws MissingArgument, before anything is computed, naming the parameter, what is missing to
   *   make it, and the fields there are; DTypeMismatch or ShapeMismatch where a field cannot be the
   *   argument; whatever the kernels throw.
   */
  argumentsOf(kernel: KernelDescriptor): LooseArgs;
}

/**
 * A resolver over some fields. `call` runs the kernels that missing arguments are made by; results
 * are kept for as long as the resolver is.
 */
export function createResolver(fields: Fields, call: KernelCall): Resolver {
  const made = new Map<string, ArgumentValue>();
  const results = new Map<string, LooseResult>();

  /** A kernel gets the same arguments whoever asks for its result: a record is made once for all of its entries. */
  const callOnce: KernelCall = (kernel, args) => {
    const before = results.get(kernel);
    if (before !== undefined) return before;
    const result = call(kernel, args);
    results.set(kernel, result);
    return result;
  };

  function fieldOf(name: string, param: Param): string | undefined {
    const names = [...upstreamNames(name, param), ...(synonyms.get(name) ?? [])];
    return names.find((candidate) => fieldNamed(fields, candidate) !== undefined);
  }

  /** What is missing to have this argument: nothing, or itself, or what its first recipe lacks. */
  function missing(name: string, param: Param): readonly string[] {
    if (param.optional || made.has(name) || fieldOf(name, param) !== undefined) return [];
    const lacks = (recipes.get(name) ?? []).map(lackingFor);
    return lacks.find((names) => names.length === 0) ?? lacks[0] ?? [upstreamNames(name, param)[0]];
  }

  function lackingFor({ needs }: Recipe): readonly string[] {
    return [...new Set(Object.entries(needs).flatMap(([name, param]) => missing(name, param)))];
  }

  function argumentFor(name: string, param: Param): ArgumentValue | undefined {
    const found = fieldOf(name, param);
    const field = found === undefined ? undefined : fieldNamed(fields, found);
    if (found !== undefined && field !== undefined) return fieldAsArgument(field, param, found);
    if (param.optional) return undefined;
    const before = made.get(name);
    if (before !== undefined) return before;
    const recipe = recipes.get(name)?.find((candidate) => lackingFor(candidate).length === 0);
    // Not reached through argumentsOf, which looks for what is missing first.
    if (recipe === undefined) throw missingArgument(name, param, [name], fields);
    const value = recipe.make(argumentsFor(recipe.needs), callOnce);
    made.set(name, value);
    return value;
  }

  function argumentsFor(params: Params): LooseArgs {
    const values: Record<string, ArgumentValue> = {};
    for (const [name, param] of Object.entries(params)) {
      const value = argumentFor(name, param);
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  return {
    argumentsOf({ name: kernel, params }) {
      for (const [name, param] of Object.entries(params)) {
        const lacks = missing(name, param);
        if (lacks.length > 0) throw missingArgument(`${kernel}(${name})`, param, lacks, fields, name);
      }
      return argumentsFor(params);
    },
  };
}

/** {@link Resolver.argumentsOf} of a resolver that is used once. */
export function resolveArguments(kernel: KernelDescriptor, fields: Fields, call: KernelCall): LooseArgs {
  return createResolver(fields, call).argumentsOf(kernel);
}

function missingArgument(
  where: string,
  param: Param,
  lacks: readonly string[],
  fields: Fields,
  name = where,
): WtildeError {
  const names = upstreamNames(name, param);
  const itself = lacks.length === 1 && names.includes(lacks[0]);
  return new WtildeError('MissingArgument', {
    what: itself
      ? 'no field holds this argument'
      : 'no field holds this argument, and fields to compute it from are missing',
    where,
    expected: names.join(' or '),
    actual: `the fields ${Object.keys(fields).sort().join(', ') || '(none)'}`,
    remedy: `add ${names[0]}${itself ? '' : `, or ${lacks.join(' and ')}`}`,
  });
}

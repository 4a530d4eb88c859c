import { checkKind, describeParam, type Fail } from './argumentKinds.js';
import { bindSizes } from './bindSizes.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { type Extent, evaluate, parseDim } from './dims.js';
import { WtildeError } from './errors.js';
import type { ArgumentValue, LooseArgs } from './loose.js';
import { plainArguments } from './plainArguments.js';
import { checksOf, type ValueCheck } from './valueChecks.js';

/** Arguments as plain objects with defaults filled in, and what every symbol came to. */
export interface Validated {
  readonly args: LooseArgs;
  readonly sizes: Sizes;
}

export interface Validator {
  /** Checks the arguments of one call. Value checks in `done` are skipped; `check: 'shapes'` skips them all. */
  validate(args: LooseArgs, check?: 'full' | 'shapes', done?: ReadonlySet<ValueCheck>): Validated;
  /** Checks what can be checked of some arguments alone and returns the value checks that are done with. */
  validatePart(args: LooseArgs): ReadonlySet<ValueCheck>;
}

/** No result may have more elements than this: typed arrays end there. */
const mostElements = 2 ** 32;

/** The validation that a descriptor asks for. It reads the descriptor once; calls are then cheap. */
export function createValidator(descriptor: KernelDescriptor): Validator {
  const params = Object.entries(descriptor.params).map(([name, param]) => ({
    name,
    param,
    extents: param.kind === 'array' ? param.dims.map(parseDim) : [],
  }));
  const { returns } = descriptor;
  const results = (returns.kind === 'record' ? Object.values(returns.entries) : [returns]).map((result) =>
    result.kind === 'array' ? result.dims.map(parseDim) : [],
  );
  const checks = checksOf(descriptor);
  const fail: Fail = (code, argument, facts) => {
    throw new WtildeError(code, { ...facts, where: `${descriptor.name}(${argument})` });
  };

  function checkKinds(args: LooseArgs, complete: boolean): void {
    for (const { name, param } of params) {
      const value = args[name];
      if (value !== undefined) checkKind(name, param, value, fail);
      else if (complete && !param.optional) {
        fail('MissingArgument', name, {
          what: 'a required argument is missing',
          expected: describeParam(param),
          actual: 'nothing',
          remedy: 'pass it',
        });
      }
    }
  }

  function withDefaults(args: LooseArgs, sizes: Record<string, number>): LooseArgs {
    const filled: Record<string, ArgumentValue | undefined> = { ...args };
    for (const { name, param } of params) {
      if (filled[name] !== undefined || param.kind === 'array' || param.default === undefined) continue;
      if (param.kind === 'pair') filled[name] = param.default;
      else {
        const bound = param.binds === undefined ? undefined : sizes[param.binds];
        const value = bound ?? evaluate(parseDim(param.default), sizes);
        filled[name] = value;
        if (param.binds !== undefined && value !== undefined) sizes[param.binds] = value;
      }
    }
    return filled;
  }

  function checkResultSize(sizes: Sizes): void {
    const elements = results.reduce((most, extents) => Math.max(most, product(extents, sizes)), 0);
    if (elements <= mostElements) return;
    fail('InvalidValue', 'sizes', {
      what: 'the result would be too large for an array',
      expected: `at most ${mostElements} elements`,
      actual: `${elements}`,
      remedy: 'use smaller sizes, or a kernel that does not expand the matrix',
    });
  }

  function runCheck(check: ValueCheck, args: LooseArgs, sizes: Sizes): void {
    const violation = check.run(args, sizes);
    if (violation === undefined) return;
    const { code, argument, ...facts } = violation;
    fail(code, argument, facts);
  }

  return {
    validate(given, check = 'full', done) {
      const named = plainArguments(descriptor, given);
      checkKinds(named, true);
      const sizes = bindSizes(params, named, fail);
      const args = withDefaults(named, sizes);
      checkResultSize(sizes);
      if (check === 'full') {
        for (const valueCheck of checks) {
          if (!done?.has(valueCheck)) runCheck(valueCheck, args, sizes);
        }
      }
      return { args, sizes };
    },

    validatePart(given) {
      const part = plainArguments(descriptor, given);
      checkKinds(part, false);
      const sizes = bindSizes(params, part, fail);
      const ready = checks.filter(
        ({ over, symbols }) =>
          over.every((name) => part[name] !== undefined) && symbols.every((symbol) => sizes[symbol] !== undefined),
      );
      for (const valueCheck of ready) runCheck(valueCheck, part, sizes);
      return new Set(ready);
    },
  };
}

function product(extents: readonly Extent[], sizes: Sizes): number {
  return extents.reduce((elements, extent) => elements * (evaluate(extent, sizes) ?? 1), 1);
}

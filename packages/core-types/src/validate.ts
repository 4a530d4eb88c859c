import { checkKind, describeParam, type Fail } from './argumentKinds.js';
import { isHandle } from './arrays.js';
import { bindSizes } from './bindSizes.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { type Extent, evaluate, parseDim } from './dims.js';
import { WtildeError } from './errors.js';
import { type ArgumentValue, isRecord, type LooseArgs, type LooseResult } from './loose.js';
import { plainArguments } from './plainArguments.js';
import { allFinite } from './scans.js';
import { checksOf, type ValueCheck } from './valueChecks.js';

/** Arguments as plain objects with defaults filled in, and what every symbol came to. */
export interface Validated {
  readonly args: LooseArgs;
  readonly sizes: Sizes;
}

/** Arguments that are right as far as they have been looked at: the rest may be seen in the result. */
export interface Presumed extends Validated {
  /** Looks at the rest, unless a result is given and finite. */
  confirm(result?: LooseResult): void;
}

export interface Validator {
  /** Checks the arguments of one call. Value checks in `done` are skipped; `check: 'shapes'` skips them all. */
  validate(args: LooseArgs, check?: 'full' | 'shapes', done?: ReadonlySet<ValueCheck>): Validated;
  /** {@link validate}, but for what the result will show (`shownByResult` of the descriptor). */
  presume(args: LooseArgs, check?: 'full' | 'shapes', done?: ReadonlySet<ValueCheck>): Presumed;
  /** Checks what can be checked of some arguments alone and returns the value checks that are done with. */
  validatePart(args: LooseArgs): ReadonlySet<ValueCheck>;
}

function isFiniteArray(result: LooseResult): boolean {
  return typeof result === 'object' && !isRecord(result) && !isHandle(result) && allFinite(result.data);
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

  /** Arguments whose kinds and sizes are right, and the value checks that are left. */
  function checkShapes(given: LooseArgs, check: 'full' | 'shapes' = 'full', done?: ReadonlySet<ValueCheck>) {
    const named = plainArguments(descriptor, given);
    checkKinds(named, true);
    const sizes = bindSizes(params, named, fail);
    const args = withDefaults(named, sizes);
    checkResultSize(sizes);
    return { args, sizes, left: check === 'shapes' ? [] : checks.filter((each) => !done?.has(each)) };
  }

  return {
    validate(given, check, done) {
      const { args, sizes, left } = checkShapes(given, check, done);
      for (const each of left) runCheck(each, args, sizes);
      return { args, sizes };
    },

    presume(given, check, done) {
      const { args, sizes, left } = checkShapes(given, check, done);
      const shown: ValueCheck[] = [];
      for (const each of left) {
        if (each.shown?.(args, sizes) === true) shown.push(each);
        else runCheck(each, args, sizes);
      }
      const confirm = (result: LooseResult | undefined) => {
        if (shown.length === 0 || (result !== undefined && isFiniteArray(result))) return;
        for (const each of shown) runCheck(each, args, sizes);
      };
      return { args, sizes, confirm };
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

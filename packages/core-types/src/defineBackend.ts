import { checkedSpec } from './accumulatorArguments.js';
import { appraise } from './appraisal.js';
import type {
  AsyncBackend,
  AsyncImplementations,
  BackendInfo,
  CallOf,
  RunContext,
  SyncBackend,
  SyncImplementations,
} from './backend.js';
import { findKernel, type KernelName } from './catalogue.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { createElsewhereMachine, type ElsewhereImplementations } from './elsewhere.js';
import { throwIfAborted, WtildeError } from './errors.js';
import type { LooseArgs, LooseResult } from './loose.js';
import type { Eventually } from './looseKernel.js';
import { checkHandles, checkNotFixed, checkRests, disposed, type Life, type Machine } from './machine.js';
import type { Precision } from './numericClasses.js';
import { checkOptions, type Options } from './options.js';
import { type Choice, type MethodFacts, pick } from './pick.js';
import { copiedArguments, plainArguments } from './plainArguments.js';
import { measured } from './sizes.js';
import { createValidator, type Presumed, type Validator } from './validate.js';
import type { ValueCheck } from './valueChecks.js';
import type { AccumulatorSpec, AsyncVisibilityAccumulator, VisibilityAccumulator } from './visibilities.js';

interface Definition<I, A = unknown, Id extends string = string> {
  readonly id: Id;
  readonly precision: Precision;
  readonly info: BackendInfo;
  /** The kernels that the backend has, by name. */
  readonly implementations: I;
  dispose?(): void;
  createAccumulator?(spec: AccumulatorSpec): A;
}

interface AsyncDefinition<I, Id extends string = string> extends Definition<I, AsyncVisibilityAccumulator, Id> {
  /** Kernels that it has run elsewhere, such as in a worker, by name. */
  readonly elsewhere?: ElsewhereImplementations;
}

/**
 * Makes a synchronous backend of implementations: every kernel validates its arguments, fills in defaults, picks its
 * method and can be bound. Throws InvalidContract where the implementations do not fit the contract.
 */
export function defineSyncBackend<I extends SyncImplementations, const Id extends string>(
  definition: Definition<I, VisibilityAccumulator, Id>,
): SyncBackend<keyof I & KernelName, Id>;
export function defineSyncBackend(definition: Definition<LooseImplementations<LooseResult>>): object {
  const life = { over: false };
  const kernels = mapKernels(machinesOf(definition, onTheSpot), (machine) => {
    const call = (args: LooseArgs, options: Options = {}) => {
      machine.checkAlive(life);
      return machine.run(args, options);
    };
    const bind = (fixed: LooseArgs) => {
      machine.checkAlive(life);
      const bound = machine.bind(fixed);
      const run = (rest: LooseArgs, options: Options = {}) => {
        machine.checkAlive(life);
        return bound.run(rest, options);
      };
      const runMany = (rests: readonly LooseArgs[], options: Options = {}) => {
        machine.checkAlive(life);
        const { together, each } = bound.many(rests, options);
        return together?.() ?? each.map((runOne) => runOne());
      };
      return Object.assign(run, { runMany, dispose: bound.dispose });
    };
    return Object.assign(call, machine.facts, { bind });
  });
  return finish(definition, 'sync', kernels, life);
}

/**
 * {@link defineSyncBackend} for backends whose methods return promises; errors of validation reject them. Methods and
 * bound kernels get copies of the host arrays: what callers do to their own after a call or a `bind` has returned changes
 * nothing.
 */
export function defineAsyncBackend<I extends AsyncImplementations, const Id extends string>(
  definition: AsyncDefinition<I, Id>,
): AsyncBackend<keyof I & KernelName, Id>;
export function defineAsyncBackend(definition: AsyncDefinition<LooseImplementations<Promise<LooseResult>>>): object {
  const life = { over: false };
  const machines = { ...machinesOf(definition, later), ...elsewhereOf(definition) };
  const kernels = mapKernels(machines, (machine) => {
    const call = async (args: LooseArgs, options: Options = {}) => {
      machine.checkAlive(life);
      return await machine.run(args, options);
    };
    const bind = (fixed: LooseArgs) => {
      machine.checkAlive(life);
      const bound = machine.bind(fixed);
      const run = async (rest: LooseArgs, options: Options = {}) => {
        machine.checkAlive(life);
        return await bound.run(rest, options);
      };
      const runMany = async (rests: readonly LooseArgs[], options: Options = {}) => {
        machine.checkAlive(life);
        const { together, each } = bound.many(rests, options);
        if (together !== undefined) return await together();
        const results: LooseResult[] = [];
        for (const runOne of each) results.push(await runOne());
        return results;
      };
      return Object.assign(run, { runMany, dispose: bound.dispose });
    };
    const told = async (sizes: Sizes, options?: Options) => await machine.facts.appraise(sizes, options);
    return Object.assign(call, machine.facts, { bind, appraise: told });
  });
  return finish(definition, 'async', kernels, life);
}

// --- The machinery behind both, blind to the types of single kernels ------------------------------------------------

interface LooseMethod<R> extends MethodFacts {
  run(args: LooseArgs, context: RunContext): R;
  bind?(args: LooseArgs, fixed: ReadonlySet<string>, context: RunContext): LoosePrepared<R> | undefined;
}

interface LoosePrepared<R> {
  run(args: LooseArgs, context: RunContext): R;
  runMany?(calls: readonly LooseCall[]): Eventually<readonly LooseResult[]>;
  dispose?(): void;
}

type LooseCall = CallOf<LooseArgs>;

/** What a checked call of a bound kernel runs on. */
interface Ready<R> {
  readonly ready: LoosePrepared<R>;
  readonly presumed: Presumed;
}

type LooseMethods<R> = Readonly<Record<string, LooseMethod<R>>>;
type LooseImplementations<R> = Readonly<Record<string, { readonly methods: LooseMethods<R> }>>;

/** What the two kinds of backends do differently with arguments and results. */
interface Manner<R> {
  /** Takes validated arguments, but for those of the names in `except`, which have been taken before. */
  take(args: LooseArgs, except?: ReadonlySet<string>): LooseArgs;
  check(validator: Validator, args: LooseArgs, options: Options, done?: ReadonlySet<ValueCheck>): Presumed;
  confirm(result: R, presumed: Presumed): R;
}

const onTheSpot: Manner<LooseResult> = {
  take: (args) => args,
  check: (validator, args, options, done) => validator.presume(args, options.check, done),
  confirm(result, presumed) {
    presumed.confirm(result);
    return result;
  },
};

/** Devices need not know infinities: nothing is left for the result to show. */
const later: Manner<Promise<LooseResult>> = {
  take: copiedArguments,
  check: (validator, args, options, done) => ({ ...validator.validate(args, options.check, done), confirm() {} }),
  confirm: (result) => result,
};

function createMachine<R>(
  id: string,
  descriptor: KernelDescriptor,
  methods: LooseMethods<R>,
  manner: Manner<R>,
): Machine<R> {
  const { name } = descriptor;
  const { take, check, confirm } = manner;
  const validator = createValidator(descriptor);
  const several = Object.keys(methods).length > 1;
  const kernel = { descriptor, methods };

  function choose(args: LooseArgs, sizes: Sizes, options: Options): { choice: Choice; context: RunContext } {
    throwIfAborted(options.signal, name);
    // Measures look at values: taken only where they can decide something.
    const asked = options.method ?? 'auto';
    const decides = asked === 'auto' ? several : methods[asked]?.canRun !== undefined;
    const known = decides ? measured(descriptor, { args, sizes }) : sizes;
    return { choice: pick(kernel, known, options), context: { sizes: known, options } };
  }

  return {
    facts: {
      descriptor,
      methods,
      limited: Object.values(methods).every(({ canRun }) => canRun !== undefined),
      sizesOf: (args) => measured(descriptor, validator.validate(args, 'shapes')),
      appraise: (sizes: Sizes, options: Options = {}) => appraise(methods, sizes, checkOptions(options, name)),
    },

    checkAlive(life) {
      if (life.over) throw disposed(name, `backend ${id}`, 'create a new backend');
    },

    run(given, asked) {
      const options = checkOptions(asked, name);
      const plain = plainArguments(descriptor, given);
      checkHandles(name, plain, id, id);
      const presumed = check(validator, plain, options);
      const { choice, context } = choose(presumed.args, presumed.sizes, options);
      return confirm(methods[choice.method].run(take(presumed.args), context), presumed);
    },

    bind(given) {
      const plain = plainArguments(descriptor, given);
      checkHandles(name, plain, id, id);
      const done = validator.validatePart(plain);
      const fixed = take(plain);
      const names = new Set(Object.keys(fixed));
      const prepared = new Map<string, LoosePrepared<R>>();
      let over = false;
      /** A call that has been checked, and what will run it. */
      function callOf(given: LooseArgs, options: Options): LooseCall & Ready<R> {
        const rest = plainArguments(descriptor, given);
        checkHandles(name, rest, id, id);
        checkNotFixed(name, fixed, rest);
        const presumed = check(validator, { ...fixed, ...rest }, options, done);
        const { choice, context } = choose(presumed.args, presumed.sizes, options);
        const args = take(presumed.args, names);
        const method = methods[choice.method];
        const ready = prepared.get(choice.method) ?? method.bind?.(args, names, context) ?? method;
        prepared.set(choice.method, ready);
        return { args, context, ready, presumed };
      }
      return {
        run(given, asked) {
          if (over) throw disposed(name, 'bound kernel', 'bind again');
          const { args, context, ready, presumed } = callOf(given, checkOptions(asked, name));
          return confirm(ready.run(args, context), presumed);
        },
        many(rests, asked) {
          if (over) throw disposed(name, 'bound kernel', 'bind again');
          checkRests(name, rests);
          const options = checkOptions(asked, name);
          const calls = rests.map((rest) => callOf(rest, options));
          const [ready, ...others] = new Set(calls.map((call) => call.ready));
          const apart = ready?.runMany === undefined || others.length > 0;
          // Nothing of a batch runs before all of it has been looked at.
          if (!apart) for (const { presumed } of calls) presumed.confirm();
          return {
            together: apart ? undefined : () => ready.runMany?.(calls) ?? [],
            each: calls.map(({ args, context, ready, presumed }) => () => {
              throwIfAborted(options.signal, name);
              return confirm(ready.run(args, context), presumed);
            }),
          };
        },
        dispose() {
          if (!over) for (const each of prepared.values()) each.dispose?.();
          prepared.clear();
          over = true;
        },
      };
    },
  };
}

function machinesOf<R>(
  { id, precision, implementations }: Definition<LooseImplementations<R>>,
  manner: Manner<R>,
): Record<string, Machine<R>> {
  const entries = Object.entries(implementations).map(([name, { methods }]) => {
    const descriptor = checkedKernel(id, precision, name, Object.keys(methods));
    return [name, createMachine(id, descriptor, methods, manner)] as const;
  });
  return Object.fromEntries(entries);
}

function elsewhereOf({
  id,
  precision,
  elsewhere = {},
}: AsyncDefinition<object>): Record<string, Machine<Promise<LooseResult>>> {
  const entries = Object.entries(elsewhere).map(([name, implementation]) => {
    const descriptor = checkedKernel(id, precision, name, implementation.methods);
    return [name, createElsewhereMachine(id, descriptor, implementation)] as const;
  });
  return Object.fromEntries(entries);
}

/** The descriptor of a kernel that the backend may have. */
function checkedKernel(id: string, precision: Precision, name: string, methods: readonly string[]): KernelDescriptor {
  const descriptor = findKernel(name);
  if (methods.length === 0) throw contractError(id, name, 'the kernel has no method');
  if (descriptor.minimumPrecision === 'float64' && precision === 'float32') {
    throw contractError(id, name, 'the kernel needs float64 and the backend offers float32');
  }
  return descriptor;
}

function mapKernels<R>(
  machines: Record<string, Machine<R>>,
  wrap: (machine: Machine<R>) => object,
): Record<string, object> {
  return Object.fromEntries(Object.entries(machines).map(([name, machine]) => [name, wrap(machine)]));
}

function finish(
  { id, precision, info, dispose, createAccumulator }: Definition<unknown>,
  mode: 'sync' | 'async',
  kernels: Record<string, object>,
  life: Life,
): object {
  return {
    contract: 1,
    id,
    precision,
    mode,
    info,
    kernels,
    ...(createAccumulator === undefined
      ? {}
      : {
          createAccumulator(spec: AccumulatorSpec) {
            if (life.over) throw disposed('createAccumulator', `backend ${id}`, 'create a new backend');
            return createAccumulator(checkedSpec(spec));
          },
        }),
    dispose() {
      if (!life.over) dispose?.();
      life.over = true;
    },
  };
}

function contractError(id: string, kernel: string, what: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what,
    where: `backend ${id}, kernel ${kernel}`,
    remedy: 'correct the implementations of the backend',
  });
}

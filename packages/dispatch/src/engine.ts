import {
  type Backend,
  copiedArguments,
  createValidator,
  findKernel,
  type KernelDescriptor,
  type LooseArgs,
  type LooseBound,
  type LooseKernel,
  type LooseResult,
  type Options,
  runRoute,
  runRouteSync,
  type Sizes,
  type Validator,
} from '@wtilde/core-types';
import { announce } from './announce.js';
import { argumentsFor, hostArguments } from './conversion.js';
import { type Compose, decide, type Question, type Run, stepOptions } from './decide.js';
import { estimateError } from './estimateError.js';
import { fixedByStep, newPrepared, type Prepared, rootOf, withoutFixed } from './prepared.js';
import type { StepRun } from './probing.js';
import { type ComposedRecord, factsOf, type Recorded } from './records.js';
import type { Settings } from './settings.js';
import { finishLater, finishNow, type Work, wait } from './work.js';

/** One call of one kernel. */
export interface Call {
  readonly descriptor: KernelDescriptor;
  /** All arguments, bound ones included. */
  readonly args: LooseArgs;
  readonly options: Options;
  /** The backend that the caller insists on. */
  readonly backend?: string | undefined;
  /** The composite whose step this is. */
  readonly parent?: KernelDescriptor;
  readonly prepared?: Prepared | undefined;
  /** Who is told of the choices of this call. */
  readonly onEvent?: Settings['onEvent'];
  /** Whether the error of float32 steps is to be estimated. */
  readonly estimate?: boolean;
}

/** Runs calls by the settings of one dispatcher. */
export interface Engine {
  execute(call: Call): Work<Recorded<LooseResult>>;
  validatorOf(descriptor: KernelDescriptor): Validator;
}

export function createEngine(settings: Settings, mode: Backend['mode']): Engine {
  const validators = new Map<KernelDescriptor, Validator>();

  function validatorOf(descriptor: KernelDescriptor): Validator {
    const validator = validators.get(descriptor) ?? createValidator(descriptor);
    validators.set(descriptor, validator);
    return validator;
  }

  function* execute(given: Call): Work<Recorded<LooseResult>> {
    let call = given;
    const question = questionOf(call, () => {
      call = taken(call);
    });
    const decision = yield* announce(settings, question, yield* decide(settings, question));
    return decision.kind === 'run' ? yield* runWhole(call, decision) : yield* runComposed(call, decision);
  }

  function* runWhole(call: Call, { backend, kernel, choice, why, skipped }: Run): Work<Recorded<LooseResult>> {
    const { descriptor, prepared } = call;
    const { name } = descriptor;
    const rest = prepared === undefined ? call.args : withoutFixed(call.args, prepared);
    const args = yield* argumentsFor(backend, name, rest, settings.arrayConversion);
    const run = prepared === undefined ? kernel : yield* boundOn(backend, kernel, prepared);
    const started = performance.now();
    const result = yield* wait(run(args, wholeOptions(call.options)));
    const ms = performance.now() - started;
    const method = choice === undefined ? {} : { method: choice.method };
    return { result, record: { kernel: name, ran: 'whole', ...factsOf(backend), ...method, why, ms, skipped } };
  }

  function* boundOn(backend: Backend, kernel: LooseKernel, { bounds, fixed }: Prepared): Work<LooseBound> {
    const ready = bounds.get(backend.id);
    if (ready !== undefined) return ready;
    const args = yield* argumentsFor(backend, kernel.descriptor.name, fixed, settings.arrayConversion);
    // Another call may have bound it while this one waited.
    const bound = bounds.get(backend.id) ?? kernel.bind(args);
    bounds.set(backend.id, bound);
    return bound;
  }

  function wholeOptions(options: Options): Options {
    const keeps = settings.arrayConversion === 'always-device' && options.keep === undefined;
    return keeps ? { ...options, keep: 'device' } : options;
  }

  function* runComposed(call: Call, { route, why, skipped }: Compose): Work<Recorded<LooseResult>> {
    const { descriptor, options, prepared } = call;
    const { name } = descriptor;
    const reshaped = new Set(
      route.steps.flatMap(({ args }) =>
        Object.values(args)
          .filter((source) => typeof source === 'object')
          .map(rootOf),
      ),
    );
    const onHost = yield* hostArguments(name, call.args, reshaped, settings.arrayConversion);
    const { args: given } = validatorOf(descriptor).validate(onHost, options.check, prepared?.done);
    // Steps read late what callers may change by then; what is bound they must not.
    const args = mode === 'sync' ? given : copiedArguments(given, new Set(Object.keys(prepared?.fixed ?? {})));
    const fixed = prepared === undefined ? [] : fixedByStep(descriptor, prepared);
    const steps: StepRun[] = [];
    const started = performance.now();

    function* step(kernel: string, stepArgs: LooseArgs): Work<LooseResult> {
      const position = steps.length;
      const stepCall = stepOf(call, kernel, stepArgs);
      const done =
        prepared === undefined
          ? yield* execute(stepCall)
          : yield* executePrepared(stepCall, prepared, position, fixed[position]);
      steps.push({ kernel, args: stepArgs, ...done });
      options.onProgress?.(steps.length, route.steps.length);
      return done.result;
    }

    const result = yield* wait(
      mode === 'sync'
        ? runRouteSync(route, args, (kernel, stepArgs) => finishNow(step(kernel, stepArgs)))
        : runRoute(route, args, (kernel, stepArgs) => finishLater(step(kernel, stepArgs))),
    );
    const record: ComposedRecord = {
      kernel: name,
      ran: 'composed',
      why,
      ms: performance.now() - started,
      skipped,
      steps: steps.map((each) => each.record),
    };
    if (!call.estimate) return { result, record };
    const errorEstimate = yield* estimateError(settings, descriptor, steps);
    return { result, record: errorEstimate === undefined ? record : { ...record, errorEstimate } };
  }

  /** A step of a bound composite: its result is kept where all of its arguments are fixed, else it is bound in turn. */
  function* executePrepared(
    call: Call,
    { steps }: Prepared,
    position: number,
    fixed: ReadonlySet<string>,
  ): Work<Recorded<LooseResult>> {
    const key = `${position} ${call.backend ?? ''} ${call.options.tolerance ?? ''}`;
    const ready = steps.get(key);
    if (fixed.size === Object.keys(call.args).length) {
      if (ready?.kind === 'result') return { ...ready, record: { ...ready.record, ms: 0 } };
      const done = yield* execute(call);
      steps.set(key, { kind: 'result', ...done });
      return done;
    }
    const prepared =
      ready?.kind === 'bound'
        ? ready.prepared
        : newPrepared(Object.fromEntries(Object.entries(call.args).filter(([name]) => fixed.has(name))));
    steps.set(key, { kind: 'bound', prepared });
    return yield* execute({ ...call, prepared });
  }

  return { execute, validatorOf };
}

/** The call with arguments that nobody changes: what is bound must not be, and steps get what others have no hold of. */
function taken(call: Call): Call {
  if (call.parent !== undefined) return call;
  return { ...call, args: copiedArguments(call.args, new Set(Object.keys(call.prepared?.fixed ?? {}))) };
}

function questionOf({ descriptor, args, options, backend, parent, onEvent }: Call, beforeAsking: () => void): Question {
  let sizes: Sizes | undefined;
  return {
    descriptor,
    options,
    backend,
    parent,
    onEvent,
    sizes(kernel) {
      sizes ??= kernel.sizesOf(args);
      return sizes;
    },
    beforeAsking,
  };
}

/** Steps hand their results on through the host, and choose their methods themselves. */
function stepOf(parent: Call, kernel: string, args: LooseArgs): Call {
  const { tolerance, check, signal } = parent.options;
  const descriptor = findKernel(kernel);
  const options = {
    ...(tolerance === undefined ? {} : { tolerance }),
    ...stepOptions(parent.options, descriptor),
    ...(check === undefined ? {} : { check }),
    ...(signal === undefined ? {} : { signal }),
    keep: 'host' as const,
  };
  const { backend, onEvent, descriptor: parentDescriptor } = parent;
  return { descriptor, args, options, backend, onEvent, parent: parentDescriptor };
}

import {
  type Backend,
  isWtildeError,
  type KernelDescriptor,
  type LooseArgs,
  type LooseResult,
  type Options,
  WtildeError,
} from '@wtilde/core-types';
import { hasHandle } from './conversion.js';
import { decide, type Run } from './decide.js';
import type { Engine } from './engine.js';
import type { Eventually } from './loose.js';
import type { DispatchOptions } from './options.js';
import { disposePrepared, newPrepared } from './prepared.js';
import type { Settings } from './settings.js';
import type { Finish, Work } from './work.js';

/** One kernel as a method of a dispatcher, with its `bind`. */
export function dispatchKernel(
  settings: Settings,
  engine: Engine,
  descriptor: KernelDescriptor,
  mode: Backend['mode'],
  finish: Finish,
): object {
  const { name } = descriptor;
  const runs = new Map<string | undefined, Run | undefined>();
  const mayTravel = (args: LooseArgs) => mode === 'async' && hasHandle(args);

  /** The run that rules would choose whatever the sizes, remembered; undefined where they have to be asked. */
  function directOn(backend: string | undefined): Run | undefined {
    if (!runs.has(backend)) runs.set(backend, directRun(settings, descriptor, backend));
    return runs.get(backend);
  }

  function throughRules(args: LooseArgs, { backend, ...options }: DispatchOptions = {}): Eventually<LooseResult> {
    return finish(resultOf(engine.execute({ descriptor, args, options, backend })));
  }

  function call(args: LooseArgs, options?: DispatchOptions): Eventually<LooseResult> {
    const direct = directOn(options?.backend);
    if (direct === undefined || mayTravel(args)) return throughRules(args, options);
    return unlessRefused(
      () => direct.kernel(args, withoutBackend(options)),
      () => throughRules(args, options),
    );
  }

  function bind(given: LooseArgs): object {
    const fixed = { ...given };
    const prepared = newPrepared(fixed, engine.validatorOf(descriptor).validatePart(fixed));
    const fixedMayTravel = mayTravel(fixed);
    let over = false;

    function boundThroughRules(
      rest: LooseArgs,
      { backend, ...options }: DispatchOptions = {},
    ): Eventually<LooseResult> {
      return finish(resultOf(engine.execute({ descriptor, args: { ...fixed, ...rest }, options, backend, prepared })));
    }

    function run(rest: LooseArgs, options?: DispatchOptions): Eventually<LooseResult> {
      if (over) throw disposed(name);
      checkRest(name, fixed, rest);
      const direct = directOn(options?.backend);
      if (direct === undefined || fixedMayTravel || mayTravel(rest)) return boundThroughRules(rest, options);
      const { backend, kernel } = direct;
      const bound = prepared.bounds.get(backend.id) ?? kernel.bind(fixed);
      prepared.bounds.set(backend.id, bound);
      return unlessRefused(
        () => bound(rest, withoutBackend(options)),
        () => boundThroughRules(rest, options),
      );
    }

    return Object.assign(inMode(mode, run), {
      dispose() {
        if (!over) disposePrepared(prepared);
        over = true;
      },
    });
  }

  return Object.assign(inMode(mode, call), { descriptor, bind });
}

/**
 * The backend that runs a kernel whatever its sizes, so that the rules need not be asked in every call. Undefined where
 * sizes may matter, somebody listens, or results are kept on a device.
 */
function directRun(settings: Settings, descriptor: KernelDescriptor, backend: string | undefined): Run | undefined {
  if (settings.onEvent !== undefined || settings.arrayConversion === 'always-device') return undefined;
  const question = { descriptor, options: {}, backend, parent: undefined, sizes: () => undefined };
  const decision = decide(settings, question);
  if (decision.kind !== 'run') return undefined;
  const neverRefuses = Object.values(decision.kernel.methods).some(({ canRun }) => canRun === undefined);
  return neverRefuses ? decision : undefined;
}

function withoutBackend(options: DispatchOptions | undefined): Options | undefined {
  if (options === undefined || !('backend' in options)) return options;
  const { backend: _, ...rest } = options;
  return rest;
}

/** Asks the rules after all where a method that was asked for by name is not to be had: nothing has run by then. */
function unlessRefused(
  run: () => Eventually<LooseResult>,
  rules: () => Eventually<LooseResult>,
): Eventually<LooseResult> {
  const onError = (error: unknown) => {
    if (isWtildeError(error, 'MethodRefused') || isWtildeError(error, 'UnknownMethod')) return rules();
    throw error;
  };
  try {
    const result = run();
    return result instanceof Promise ? result.catch(onError) : result;
  } catch (error) {
    return onError(error);
  }
}

/** In asynchronous dispatchers errors reject instead of being thrown. */
function inMode<A extends readonly unknown[]>(
  mode: Backend['mode'],
  run: (...args: A) => Eventually<LooseResult>,
): (...args: A) => Eventually<LooseResult> {
  return mode === 'sync' ? (...args) => run(...args) : async (...args) => await run(...args);
}

function* resultOf(work: Work<{ readonly result: LooseResult }>): Work<LooseResult> {
  return (yield* work).result;
}

function checkRest(name: string, fixed: LooseArgs, rest: LooseArgs): void {
  const again = Object.keys(rest ?? {}).find((argument) => fixed[argument] !== undefined);
  if (again === undefined) return;
  throw new WtildeError('UnknownArgument', {
    what: 'the argument has been bound',
    where: `${name}(${again})`,
    expected: 'only the arguments that were not bound',
    actual: again,
    remedy: 'drop it, or bind again',
  });
}

function disposed(name: string): WtildeError {
  return new WtildeError('Disposed', {
    what: 'the bound kernel has been disposed of',
    where: name,
    remedy: 'bind again',
  });
}

import {
  type Backend,
  checkRests,
  copiedArguments,
  type Eventually,
  isHandle,
  type KernelDescriptor,
  type LooseArgs,
  type LooseBound,
  type LooseResult,
  type Options,
  plainArguments,
  WtildeError,
} from '@wtilde/core-types';
import { callOptions, forKernel } from './callOptions.js';
import { decide, type Run } from './decide.js';
import type { Call, Engine } from './engine.js';
import type { DispatchOptions } from './options.js';
import { disposePrepared, newPrepared } from './prepared.js';
import type { Recorded } from './records.js';
import type { Settings } from './settings.js';
import { type Finish, finishNow, type Work } from './work.js';

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
  const names = Object.keys(descriptor.params);
  // What is no object has no handles, and is refused by whoever looks at it first.
  const mayTravel = (args: LooseArgs) => mode === 'async' && names.some((argument) => isHandle(args?.[argument]));

  /** The run that rules would choose whatever the sizes, remembered; undefined where they have to be asked. */
  function directOn(backend: string | undefined): Run | undefined {
    if (!runs.has(backend)) runs.set(backend, directRun(settings, descriptor, backend));
    return runs.get(backend);
  }

  function call(given: LooseArgs, asked?: DispatchOptions): Eventually<LooseResult> {
    const { backend, options, onEvent } = forKernel(asked, name);
    const direct = directOn(backend);
    if (direct === undefined || onEvent !== undefined || mayBeRefused(options) || mayTravel(given)) {
      const args = plainArguments(descriptor, given);
      return finish(resultOf(engine.execute({ descriptor, args, ...callOptions(asked, name) })));
    }
    return direct.kernel(given, options);
  }

  function bind(given: LooseArgs): object {
    const fixed = plainArguments(descriptor, given);
    const prepared = newPrepared(fixed, engine.validatorOf(descriptor).validatePart(fixed));
    const fixedMayTravel = mayTravel(fixed);
    let over = false;

    function run(given: LooseArgs, asked?: DispatchOptions): Eventually<LooseResult> {
      if (over) throw disposed(name);
      const { backend, options, onEvent } = forKernel(asked, name);
      const direct = directOn(backend);
      const told = onEvent !== undefined;
      if (direct === undefined || told || mayBeRefused(options) || fixedMayTravel || mayTravel(given)) {
        return finish(resultOf(engine.execute(boundCall(given, asked))));
      }
      return boundOn(direct)(given, options);
    }

    function boundCall(given: LooseArgs, asked?: DispatchOptions): Call {
      const rest = plainArguments(descriptor, given);
      checkRest(name, fixed, rest);
      return { descriptor, args: { ...fixed, ...rest }, ...callOptions(asked, name), prepared };
    }

    function record(given: LooseArgs, asked?: DispatchOptions): Eventually<Recorded<LooseResult>> {
      if (over) throw disposed(name);
      return finish(engine.execute({ ...boundCall(given, asked), estimate: true }));
    }

    function runMany(rests: readonly LooseArgs[], asked?: DispatchOptions): Eventually<readonly LooseResult[]> {
      if (over) throw disposed(name);
      checkRests(name, rests);
      const { backend, options, onEvent } = forKernel(asked, name);
      const direct = directOn(backend);
      const travels = fixedMayTravel || rests.some(mayTravel);
      if (direct === undefined || onEvent !== undefined || mayBeRefused(options) || travels) {
        // Later calls must not see what callers do to their arrays meanwhile.
        const calls = rests.map((rest) => boundCall(mode === 'sync' ? rest : copiedArguments(rest), asked));
        return finish(resultsOf(calls.map((call) => engine.execute(call))));
      }
      return boundOn(direct).runMany(rests, options);
    }

    function boundOn({ backend: { id }, kernel }: Run): LooseBound {
      const bound = prepared.bounds.get(id) ?? kernel.bind(fixed);
      prepared.bounds.set(id, bound);
      return bound;
    }

    return Object.assign(inMode(mode, run), {
      runMany: inMode(mode, runMany),
      record: inMode(mode, record),
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
  const question = { descriptor, options: {}, backend, parent: undefined, sizes: () => undefined, beforeAsking() {} };
  // Without sizes nobody is asked.
  const decision = finishNow(decide(settings, question));
  return decision.kind !== 'run' || decision.kernel.limited ? undefined : decision;
}

/**
 * A method that is named, or other sources than all, may be what the backend has not, or refuses: then rules choose
 * another backend.
 */
function mayBeRefused(options: Options | undefined): boolean {
  return (options?.method ?? 'auto') !== 'auto' || (options?.solve ?? 'unrestricted') !== 'unrestricted';
}

/** In asynchronous dispatchers errors reject instead of being thrown. */
function inMode<A extends readonly unknown[], R>(
  mode: Backend['mode'],
  run: (...args: A) => Eventually<R>,
): (...args: A) => Eventually<R> {
  return mode === 'sync' ? (...args) => run(...args) : async (...args) => await run(...args);
}

function* resultOf(work: Work<{ readonly result: LooseResult }>): Work<LooseResult> {
  return (yield* work).result;
}

function* resultsOf(works: readonly Work<{ readonly result: LooseResult }>[]): Work<readonly LooseResult[]> {
  const results: LooseResult[] = [];
  for (const work of works) results.push((yield* work).result);
  return results;
}

function checkRest(name: string, fixed: LooseArgs, rest: LooseArgs): void {
  const again = Object.keys(rest).find((argument) => fixed[argument] !== undefined);
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

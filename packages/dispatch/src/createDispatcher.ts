import {
  type Backend,
  findKernel,
  type KernelDescriptor,
  kernelNames,
  kernels,
  type LooseArgs,
  type LooseResult,
  plainArguments,
  type Sizes,
  type SyncBackend,
} from '@wtilde/core-types';
import type { ArrayConversion } from './arrayConversion.js';
import { callOptions } from './callOptions.js';
import type { Dispatcher, PlaceOf, PlaceOptions, SyncDispatcher, SyncDispatcherOptions } from './dispatcher.js';
import { dispatchKernel } from './dispatchKernel.js';
import { createEngine } from './engine.js';
import type { Environment } from './environment.js';
import { explain } from './explain.js';
import { invalidOption } from './mistakes.js';
import type { DispatcherOptions, DispatchOptions } from './options.js';
import type { Recorded } from './records.js';
import { settingsFrom } from './settings.js';
import { type Finish, finishLater, finishNow, type Work } from './work.js';

/**
 * A dispatcher over any backends: every kernel is a method that returns a promise.
 *
 * Throws InvalidOption, UnknownBackend or PrecisionTooLow for options that mean nothing or cannot be met.
 */
export function createDispatcher<
  B extends Backend,
  C extends ArrayConversion | undefined = undefined,
  E extends Environment | undefined = undefined,
>(options: DispatcherOptions<B> & PlaceOptions<C, E>): Dispatcher<PlaceOf<C, E>, B>;
export function createDispatcher(options: DispatcherOptions): object {
  return build(options, 'async', finishLater);
}

/** {@link createDispatcher} over synchronous backends only: every kernel is a method that returns its result. */
export function createSyncDispatcher<B extends SyncBackend>(options: SyncDispatcherOptions<B>): SyncDispatcher<B>;
export function createSyncDispatcher(options: DispatcherOptions): object {
  for (const backend of Array.isArray(options?.backends) ? options.backends : []) {
    if (backend?.mode === 'sync') continue;
    throw invalidOption(
      'option backends',
      `backend ${backend?.id} is not synchronous`,
      'synchronous backends',
      'one that returns promises',
    );
  }
  return build(options, 'sync', finishNow);
}

function build(options: DispatcherOptions, mode: Backend['mode'], finish: Finish): object {
  const given = settingsFrom(options);
  // Without promises there is no device to leave anything on, whatever the environment says.
  const settings = mode === 'sync' ? { ...given, arrayConversion: 'always-host' as const } : given;
  const engine = createEngine(settings, mode);
  const methods = kernelNames().map((name) => [name, dispatchKernel(settings, engine, kernels[name], mode, finish)]);
  function* recorded(
    descriptor: KernelDescriptor,
    given: LooseArgs,
    asked?: DispatchOptions,
  ): Work<Recorded<LooseResult>> {
    const args = plainArguments(descriptor, given);
    return yield* engine.execute({ descriptor, args, ...callOptions(asked, descriptor.name), estimate: true });
  }
  const record = (name: string, args: LooseArgs, asked?: DispatchOptions) =>
    finish(recorded(findKernel(name), args, asked));
  return {
    ...Object.fromEntries(methods),
    backends: settings.backends,
    with: (changes: Partial<DispatcherOptions>) => build({ ...options, ...changes }, mode, finish),
    record,
    runByName: record,
    explain: (name: string, sizes: Sizes = {}, asked?: DispatchOptions) =>
      finish(explain(settings, name, sizes, asked)),
  };
}

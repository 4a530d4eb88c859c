import { checkOptions, type Options, optionRule } from '@wtilde/core-types';
import type { DispatchEvent } from './events.js';
import type { DispatchOptions } from './options.js';

const more = { backend: optionRule.text, onEvent: optionRule.callback };

/** What a caller asks of one dispatched call. */
interface CallOptions<O> {
  /** The backend that must run it. */
  readonly backend: string | undefined;
  /** Who is told of the choices of this call. */
  readonly onEvent?: ((event: DispatchEvent) => void) | undefined;
  /** Those that are the kernel's. */
  readonly options: O;
}

/** Takes the options of a call. Throws InvalidOption for one that does not exist or means nothing. */
export function callOptions(given: DispatchOptions | undefined, where: string): CallOptions<Options> {
  if (given === undefined) return { backend: undefined, options: {} };
  return { options: checkOptions(given, where, more), backend: given.backend, onEvent: given.onEvent };
}

/** {@link callOptions} for a kernel that looks at its own options itself. */
export function forKernel(given: DispatchOptions | undefined, where: string): CallOptions<Options | undefined> {
  const dispatches = typeof given === 'object' && given !== null && ('backend' in given || 'onEvent' in given);
  return dispatches ? callOptions(given, where) : { backend: undefined, options: given };
}

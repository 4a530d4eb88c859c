import { type AbortSignalLike, WtildeError } from './errors.js';

/** What a caller may ask of one call. */
export interface Options {
  /** A method of the kernel by name; 'auto' or nothing lets `pick` choose. */
  readonly method?: string | undefined;
  /** Error allowed to approximate transforms, relative to the sum of absolute strengths. Default: full precision. */
  readonly tolerance?: number | undefined;
  /** 'shapes' skips looking at the values, for hot loops over arguments known to be good. Default: 'full'. */
  readonly check?: 'full' | 'shapes' | undefined;
  /** 'device' leaves the result on the device, where the backend has memory of its own. Default: 'host'. */
  readonly keep?: 'host' | 'device' | undefined;
  /** Aborts long work between its chunks with the typed error Aborted. */
  readonly signal?: AbortSignalLike | undefined;
  /** Called between the chunks of long work with what is done and what there is to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const known: ReadonlySet<string> = new Set(['method', 'tolerance', 'check', 'keep', 'signal', 'onProgress']);

/** Throws InvalidOption for an option that does not exist or has a value that means nothing. */
export function checkOptions(options: Options, where: string): void {
  for (const name of Object.keys(options)) {
    if (!known.has(name)) throw invalid(where, 'there is no such option', [...known].join(', '), name);
  }
  const { tolerance, check, keep } = options;
  if (tolerance !== undefined && !(tolerance > 0 && tolerance < 1)) {
    throw invalid(where, 'the tolerance makes no sense', 'a number between 0 and 1', `${tolerance}`);
  }
  if (check !== undefined && check !== 'full' && check !== 'shapes') {
    throw invalid(where, 'unknown kind of check', "'full' or 'shapes'", String(check));
  }
  if (keep !== undefined && keep !== 'host' && keep !== 'device') {
    throw invalid(where, 'unknown place to keep the result', "'host' or 'device'", String(keep));
  }
}

function invalid(where: string, what: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy: 'correct or drop the option' });
}

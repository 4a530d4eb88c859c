import { type ErrorFacts, WtildeError } from '@wtilde/core-types';

/** Options that every reader of bytes takes. */
export interface ReadOptions {
  /** What to call the bytes in error messages, normally the file's name. */
  readonly where?: string;
  /** Refuse with FileTooLarge what would take more bytes than this once unpacked. */
  readonly maxBytes?: number;
}

/** The bytes are not what their format says: malformed, truncated, or of a kind that is not supported. */
export function malformed(
  where: string,
  what: string,
  facts: Omit<ErrorFacts, 'where' | 'what' | 'remedy'> & { readonly remedy?: string } = {},
): WtildeError {
  return new WtildeError('FileFormat', {
    what,
    where,
    remedy: 'check that the file is complete and was written by a standard tool',
    ...facts,
  });
}

/** The bytes would take more memory than the caller allows. */
export function tooLarge(where: string, bytes: number, maxBytes: number): WtildeError {
  return new WtildeError('FileTooLarge', {
    what: 'the contents are larger than the limit',
    where,
    expected: `at most ${maxBytes} bytes`,
    actual: `${bytes} bytes`,
    remedy: 'check that the file is the right one, or raise maxBytes',
  });
}

/** `maxBytes` as given or the default; a value that is no size is an InvalidOption error. */
export function sizeLimit(options: ReadOptions, standard: number): number {
  const limit: unknown = optionsOf(options, 'maxBytes').maxBytes ?? standard;
  if (typeof limit === 'number' && limit >= 0) return limit;
  throw new WtildeError('InvalidOption', {
    what: 'the size limit is not a size',
    where: 'maxBytes',
    expected: 'a number of bytes, zero or more',
    actual: shown(limit),
    remedy: `leave it out for the default of ${standard} bytes`,
  });
}

/** The options, where they are an object; callers without types pass null or a name, too. */
export function optionsOf<T extends object>(options: T, where: string): T {
  if (typeof options === 'object' && options !== null) return options;
  throw new WtildeError('InvalidOption', {
    what: 'the options are no object',
    where,
    expected: 'an object, or nothing',
    actual: shown(options),
    remedy: 'leave them out for the defaults',
  });
}

/** A value in a message: text in quotes, so that '5' is not taken for 5. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

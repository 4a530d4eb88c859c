/** The stable codes of every error that wtilde throws on purpose. */
export type ErrorCode =
  | 'MissingArgument'
  | 'UnknownArgument'
  | 'DTypeMismatch'
  | 'ShapeMismatch'
  | 'InvalidValue'
  | 'IndexOutOfRange'
  | 'UnequalNoise'
  | 'NumericalFailure'
  | 'UnknownKernel'
  | 'UnsupportedKernel'
  | 'UnknownMethod'
  | 'MethodRefused'
  | 'UnknownBackend'
  | 'BackendUnavailable'
  | 'DeviceLost'
  | 'DeviceFailure'
  | 'PrecisionTooLow'
  | 'ForeignHandle'
  | 'Disposed'
  | 'Aborted'
  | 'InvalidOption'
  | 'InvalidContract'
  | 'FileUnreadable'
  | 'FileFormat'
  | 'FileTooLarge'
  | 'FileUnwritable';

/** What happened, where, what was expected and found, and what to do about it. */
export interface ErrorFacts {
  /** One sentence without the values. */
  readonly what: string;
  /** The kernel and argument, the file, or the option concerned. */
  readonly where: string;
  readonly expected?: string;
  readonly actual?: string;
  /** What the caller can do about it. */
  readonly remedy: string;
  readonly cause?: unknown;
}

const marker = Symbol.for('wtilde.error');

/**
 * The one error class of wtilde.
 *
 * `message` holds all the facts in one line; the facts are also there one by one.
 * Recognise errors by `code` through {@link isWtildeError}: unlike `instanceof` that also
 * works when two copies of this package are installed.
 */
export class WtildeError extends Error {
  override readonly name: string;
  readonly code: ErrorCode;
  readonly what: string;
  readonly where: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  readonly remedy: string;
  readonly [marker] = true;

  constructor(code: ErrorCode, facts: ErrorFacts) {
    super(sentence(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = code;
    this.code = code;
    this.what = facts.what;
    this.where = facts.where;
    this.expected = facts.expected;
    this.actual = facts.actual;
    this.remedy = facts.remedy;
  }
}

/** True for an error of wtilde, of the given code where one is given, from whatever copy of this package. */
export function isWtildeError(error: unknown, code?: ErrorCode): error is WtildeError {
  if (!(error instanceof Error) || !(marker in error)) return false;
  return code === undefined || ('code' in error && error.code === code);
}

/** What is needed of an AbortSignal; every platform's own fits. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** Throws the typed Aborted error when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignalLike | undefined, where: string): void {
  if (!signal?.aborted) return;
  throw new WtildeError('Aborted', {
    what: 'the work was aborted by its signal',
    where,
    remedy: 'call again without aborting the signal',
    cause: signal.reason,
  });
}

function sentence({ what, where, expected, actual, remedy }: ErrorFacts): string {
  const values = [
    expected === undefined ? '' : `expected ${expected}`,
    actual === undefined ? '' : `got ${actual}`,
  ].filter((part) => part !== '');
  return `${where}: ${what}${values.length > 0 ? ` (${values.join(', ')})` : ''}; ${remedy}`;
}

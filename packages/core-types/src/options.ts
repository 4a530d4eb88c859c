import { describeValue } from './describeValue.js';
import { type AbortSignalLike, WtildeError } from './errors.js';
import { remedyByName } from './nearest.js';

/** Which sources an evidence looks among: all, or those without negative pixels. */
export type Solve = 'unrestricted' | 'positive';

/** What a caller may ask of one call. */
export interface Options {
  /** A method of the kernel by name; 'auto' or nothing lets `pick` choose. */
  readonly method?: string | undefined;
  /** Error allowed to approximate transforms, relative to the sum of absolute strengths. Default: full precision. */
  readonly tolerance?: number | undefined;
  /** The sources that an evidence looks among. Methods that have no other refuse it. Default: 'unrestricted'. */
  readonly solve?: Solve | undefined;
  /** 'shapes' skips looking at the values, for hot loops over arguments known to be good. Default: 'full'. */
  readonly check?: 'full' | 'shapes' | undefined;
  /** 'device' leaves the result on the device, where the backend has memory of its own. Default: 'host'. */
  readonly keep?: 'host' | 'device' | undefined;
  /** Aborts long work between its chunks with the typed error Aborted. */
  readonly signal?: AbortSignalLike | undefined;
  /** Called between the chunks of long work with what is done and what there is to do. An error of it ends the call. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What an option may be. One that is undefined is left out. */
export interface OptionRule {
  /** In words, for the message. */
  readonly expected: string;
  allows(value: unknown): boolean;
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** The rules that options usually have. */
export const optionRule = {
  oneOf: (...names: readonly string[]): OptionRule => ({
    expected: names.map((name) => `'${name}'`).join(' or '),
    allows: (value) => typeof value === 'string' && names.includes(value),
  }),
  /** A number that is one, between two others. */
  number: (expected: string, fits: (value: number) => boolean): OptionRule => ({
    expected,
    allows: (value) => typeof value === 'number' && fits(value),
  }),
  text: { expected: 'a text', allows: (value: unknown) => typeof value === 'string' },
  flag: { expected: 'true or false', allows: (value: unknown) => typeof value === 'boolean' },
  signal: {
    expected: 'an AbortSignal',
    allows: (value: unknown) => typeof value === 'object' && value !== null && 'aborted' in value,
  },
  callback: { expected: 'a function', allows: (value: unknown) => typeof value === 'function' },
  object: (expected: string): OptionRule => ({
    expected,
    allows: (value) => typeof value === 'object' && value !== null,
  }),
} as const;

const rules = {
  method: optionRule.text,
  tolerance: optionRule.number('a number between 0 and 1', (value) => value > 0 && value < 1),
  solve: optionRule.oneOf('unrestricted', 'positive'),
  check: optionRule.oneOf('full', 'shapes'),
  keep: optionRule.oneOf('host', 'device'),
  signal: optionRule.signal,
  onProgress: optionRule.callback,
} satisfies Record<keyof Options, OptionRule>;

/**
 * The options of a call as a plain object of its own: what the caller does to them afterwards changes nothing. Throws
 * InvalidOption for one that does not exist or has a value that means nothing.
 *
 * @param more rules for options that are not a kernel's; they are left out of the result
 */
export function checkOptions(options: Options, where: string, more: OptionRules = {}): Options {
  checkOptionsBy({ ...rules, ...more }, options, where);
  const { method, tolerance, solve, check, keep, signal, onProgress } = options;
  return { method, tolerance, solve, check, keep, signal, onProgress };
}

/**
 * Throws InvalidOption unless the options are an object in which every name has a rule and every value is allowed by
 * it: for whatever takes options of its own.
 */
export function checkOptionsBy(known: OptionRules, options: object, where: string): void;
export function checkOptionsBy(known: OptionRules, options: unknown, where: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid(where, 'the options are no object', '{ name: value, ... }', describeValue(options));
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const names = Object.keys(known);
    const remedy = remedyByName(name, names, 'correct or drop the option');
    throw invalid(where, 'there is no such option', names.join(', '), name, remedy);
  }
  for (const [name, { expected, allows }] of Object.entries(known)) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && !allows(value)) {
      throw invalid(`${where} option ${name}`, 'the option makes no sense', expected, describeValue(value));
    }
  }
}

function invalid(
  where: string,
  what: string,
  expected: string,
  actual: string,
  remedy = 'correct or drop the option',
): WtildeError {
  return new WtildeError('InvalidOption', { what, where, expected, actual, remedy });
}

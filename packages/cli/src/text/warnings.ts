import { WtildeError } from '@wtilde/core-types';
import { type Io, note } from '../io.js';

/** Something that is computed as it was asked for, and probably not what was meant. */
export interface Warning {
  readonly code: string;
  /** One sentence without the values. */
  readonly what: string;
  /** What it is about. */
  readonly where: string;
  readonly values: string;
  readonly remedy: string;
}

/** The warnings that a result of the library carries. */
export function warningsIn(result: object): readonly Warning[] {
  const found: unknown = Reflect.get(result, 'warnings');
  return Array.isArray(found) ? found.filter(isWarning) : [];
}

/**
 * Prints warnings on stderr, each as one line.
 *
 * @throws InvalidValue under --strict, where there are any.
 */
export function printWarnings(io: Io, warnings: readonly Warning[], strict = false): void {
  for (const { what, where, values, remedy } of warnings) note(io, `warning: ${where}: ${what} (${values}); ${remedy}`);
  if (!strict || warnings.length === 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'there are warnings, and --strict makes them errors',
    where: '--strict',
    actual: warnings.map(({ code }) => code).join(', '),
    remedy: 'mend what they name, or leave --strict out',
  });
}

function isWarning(value: unknown): value is Warning {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['code', 'what', 'where', 'values', 'remedy'].every((name) => typeof Reflect.get(value, name) === 'string')
  );
}

import { WtildeError } from '@wtilde/core-types';
import type { Warning } from '@wtilde/lens';
import { type Io, note } from '../io.js';

/**
 * Prints warnings on stderr, each as one line.
 *
 * @throws InvalidValue under --strict, where there are any.
 */
export function printWarnings(
  io: Io,
  warnings: readonly (Omit<Warning, 'code'> & { readonly code: string })[],
  strict = false,
): void {
  for (const { what, where, values, remedy } of warnings) note(io, `warning: ${where}: ${what} (${values}); ${remedy}`);
  if (!strict || warnings.length === 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'there are warnings, and --strict makes them errors',
    where: '--strict',
    actual: warnings.map(({ code }) => code).join(', '),
    remedy: 'mend what they name, or leave --strict out',
  });
}

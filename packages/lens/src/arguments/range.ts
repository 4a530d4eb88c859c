import { WtildeError } from '@wtilde/core-types';
import { shown } from './shown.js';

/** Where a number may lie. */
export interface Range {
  /** The number lies above this ... */
  readonly above?: number;
  /** ... or is not below this, */
  readonly minimum?: number;
  /** lies below this ... */
  readonly below?: number;
  /** ... or is not above this. */
  readonly maximum?: number;
  /** Only whole numbers. */
  readonly whole?: boolean;
}

/** A range in words: a number above 1 and below 3. */
export function inWords({ above, minimum, below, maximum, whole = false }: Range): string {
  const least = above === undefined ? `from ${minimum}` : `above ${above}`;
  const most = below === undefined ? `up to ${maximum}` : `below ${below}`;
  const bounds = [
    above === undefined && minimum === undefined ? '' : least,
    below === undefined && maximum === undefined ? '' : most,
  ].filter((bound) => bound !== '');
  return `a ${whole ? 'whole ' : ''}number ${bounds.join(' and ')}`.trim();
}

/** Whether a value is a finite number in a range. */
export function isWithin(value: unknown, { above, minimum, below, maximum, whole = false }: Range): value is number {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    (above === undefined || value > above) &&
    (minimum === undefined || value >= minimum) &&
    (below === undefined || value < below) &&
    (maximum === undefined || value <= maximum)
  );
}

/** Throws InvalidValue where a value is no finite number in a range. */
export function checkNumber(value: unknown, range: Range, where: string, doc: string): void {
  if (isWithin(value, range)) return;
  throw new WtildeError('InvalidValue', {
    what: 'not a number that makes sense here',
    where,
    expected: `${inWords(range)}: ${doc}`,
    actual: shown(value),
    remedy: 'pass such a number',
  });
}

import { malformed, shown } from '../bytes/fileErrors.js';
import type { FitsHeader } from './header.js';

/** The whole number on a card; throws FileFormat where there is none. */
export function integer(header: FitsHeader, keyword: string, where: string): number {
  const value = header.get(keyword);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw malformed(where, `the header has no valid ${keyword} card`, {
    expected: 'an integer',
    actual: value === undefined ? 'none' : shown(value),
  });
}

/** The finite number on a card, or `standard` where there is no card; throws FileFormat for anything else. */
export function finite(header: FitsHeader, keyword: string, standard: number, where: string): number {
  const value = header.get(keyword) ?? standard;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw malformed(where, `the header has no valid ${keyword} card`, {
    expected: 'a finite number',
    actual: shown(value),
  });
}

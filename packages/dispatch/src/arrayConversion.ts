import { unknownName } from './mistakes.js';

/**
 * Where arrays may travel.
 * - `always-host`: a handle of another backend is fetched to the host first, results come back to the host.
 * - `always-device`: the same, but results stay on the device of the backend, where it has one.
 * - `never`: a handle of another backend is an error.
 */
export type ArrayConversion = 'always-host' | 'always-device' | 'never';

const arrayConversions: readonly ArrayConversion[] = ['always-host', 'always-device', 'never'];

export function parseArrayConversion(value: unknown, where: string): ArrayConversion {
  const found = arrayConversions.find((known) => known === value);
  if (found !== undefined) return found;
  throw unknownName(where, 'unknown array conversion', arrayConversions, value);
}

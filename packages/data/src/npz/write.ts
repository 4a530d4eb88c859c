import { WtildeError } from '@wtilde/core-types';
import { type Zippable, zipSync } from 'fflate';
import { optionsOf, shown } from '../bytes/fileErrors.js';
import type { Fields } from '../fields.js';
import { writeNpy } from '../npy/write.js';

/** Options of {@link writeNpz}. */
export interface WriteNpzOptions {
  /** Deflate effort; 0 stores without compression. Default 6. */
  readonly level?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
}

/**
 * Writes arrays as an NPZ archive that numpy.load reads. The same arrays give the same bytes: no
 * time is recorded.
 *
 * @throws InvalidOption; FileTooLarge where the arrays take 4 GiB or more together; InvalidValue for a name that an
 *   archive cannot hold.
 */
export function writeNpz(fields: Fields, options: WriteNpzOptions = {}): Uint8Array {
  const level: unknown = optionsOf(options, 'writeNpz').level ?? 6;
  if (!isLevel(level)) throw noLevel(level);
  const files: Zippable = {};
  let total = 0;
  for (const [name, array] of Object.entries(fields)) {
    if (name === '' || name === '__proto__' || name.length > longestName) throw badName(name);
    const bytes = writeNpy(array);
    total += bytes.length;
    if (total >= zip32Bytes) throw tooMuch(name, total);
    files[`${name}.npy`] = bytes;
  }
  return zipSync(files, { level, mtime: firstZipDay() });
}

/** Sizes and offsets in a ZIP archive are 32-bit numbers. */
const zip32Bytes = 2 ** 32 - 2 ** 20;
const longestName = 1000;

/** ZIP times begin in 1980 and are local, so this is local too: the same bytes in every time zone. */
function firstZipDay(): Date {
  return new Date(1980, 0, 1);
}

type Level = NonNullable<WriteNpzOptions['level']>;

function isLevel(level: unknown): level is Level {
  return typeof level === 'number' && Number.isInteger(level) && level >= 0 && level <= 9;
}

function noLevel(level: unknown): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there is no such deflate effort',
    where: 'level',
    expected: 'a whole number from 0 to 9',
    actual: shown(level),
    remedy: 'leave it out for the default of 6',
  });
}

function badName(name: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the array has a name that an archive cannot hold',
    where: 'writeNpz',
    expected: `1 to ${longestName} characters, not __proto__`,
    actual: JSON.stringify(name.slice(0, 80)),
    remedy: 'rename it',
  });
}

function tooMuch(name: string, total: number): WtildeError {
  return new WtildeError('FileTooLarge', {
    what: 'the arrays do not fit into one ZIP archive',
    where: `writeNpz: ${name}`,
    expected: `less than ${zip32Bytes} bytes together`,
    actual: `${total} bytes`,
    remedy: 'write several archives',
  });
}

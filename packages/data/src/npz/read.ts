import type { NdArray } from '@wtilde/core-types';
import type { Fields } from '../fields.js';
import { malformed, type ReadOptions, sizeLimit, tooLarge } from '../fileErrors.js';
import { npyMaxBytes, readNpy } from '../npy/read.js';
import { zipEntries } from './directory.js';
import { unpack } from './inflate.js';

/**
 * Reads every array of an NPZ archive (numpy.savez, numpy.savez_compressed), under its own name.
 *
 * Entries that are not NPY files are left out. Types are converted as {@link readNpy} does.
 *
 * @throws FileFormat where the archive or an array is damaged, truncated or of another kind;
 *   FileTooLarge where the arrays would unpack to more than `maxBytes` (default 2 GiB) together,
 *   decided before anything is unpacked; and what {@link readNpy} throws. Nothing partial is
 *   returned.
 */
export function readNpz(bytes: Uint8Array, options: ReadOptions = {}): Fields {
  return readEntries(bytes, options, (name) => name);
}

/**
 * Reads the input arrays of an NPZ archive by upstream argument name.
 *
 * A prefix `in.` is taken off; entries with the prefix `out.` are results, not inputs, and are
 * neither taken nor unpacked ({@link readNpz} gives them). Throws what {@link readNpz} throws, and
 * FileFormat where a name is there both with and without the prefix.
 */
export function fieldsFromNpz(bytes: Uint8Array, options: ReadOptions = {}): Fields {
  return readEntries(bytes, options, (name) => (name.startsWith('out.') ? undefined : name.replace(/^in\./, '')));
}

function readEntries(bytes: Uint8Array, options: ReadOptions, fieldName: (name: string) => string | undefined): Fields {
  const archive = options.where ?? 'NPZ bytes';
  const limit = sizeLimit(options, npyMaxBytes);
  const wanted = zipEntries(bytes, archive).flatMap((entry) => {
    const name = entry.name.endsWith('.npy') ? fieldName(entry.name.slice(0, -4)) : undefined;
    return name === undefined ? [] : [{ name, entry }];
  });
  const total = wanted.reduce((sum, { entry }) => sum + entry.unpackedBytes, 0);
  if (total > limit) throw tooLarge(archive, total, limit);
  const fields = new Map<string, NdArray>();
  for (const { name, entry } of wanted) {
    const where = `${archive}: ${entry.name.slice(0, -4)}`;
    if (fields.has(name)) {
      throw malformed(where, 'the archive holds this array twice', {
        remedy: 'keep one of them, with or without the prefix in.',
      });
    }
    fields.set(name, readNpy(unpack(entry, where), { where, maxBytes: limit }));
  }
  return Object.fromEntries(fields);
}

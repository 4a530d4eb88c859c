import { isWtildeError, type NdArray, type WtildeError } from '@wtilde/core-types';
import { malformed, type ReadOptions, sizeLimit, tooLarge } from '../bytes/fileErrors.js';
import type { Fields } from '../fields.js';
import { npyHeadBytes, parseNpyHeader } from '../npy/header.js';
import { checkNpyLength, npyLayout, npyMaxBytes, readNpy } from '../npy/read.js';
import { type ZipEntry, zipEntries } from './directory.js';
import { unpack, unpackHead } from './inflate.js';

/**
 * Reads every array of an NPZ archive (numpy.savez, numpy.savez_compressed), under its own name.
 *
 * Entries that are not NPY files, and what macOS adds (`__MACOSX/`, `._x.npy`), are left out. Types are converted as
 * {@link readNpy} does. An array of a type that has no counterpart here (text, dates, objects, structured), or of
 * integers beyond int32, does not keep the others from being read: its name is no key of the result, and whoever asks
 * for it under its name gets the error that {@link readNpy} throws for it.
 *
 * @throws FileFormat where the archive or an array is damaged, truncated or of another kind;
 *   FileTooLarge where the arrays would take more than `maxBytes` (default 2 GiB) together,
 *   decided before anything but their headers is unpacked. Nothing partial is returned.
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

/** An array of an archive of which only the header has been looked at. */
interface Pending {
  readonly name: string;
  readonly where: string;
  /** Of the array, or of what it is unpacked from where that is more. */
  readonly bytes: number;
  read(): NdArray | WtildeError;
}

function readEntries(bytes: Uint8Array, options: ReadOptions, fieldName: (name: string) => string | undefined): Fields {
  const limit = sizeLimit(options, npyMaxBytes);
  const archive = options.where ?? 'NPZ bytes';
  const pending = zipEntries(bytes, archive).flatMap((entry) => {
    const name = isArray(entry.name) ? fieldName(entry.name.slice(0, -4)) : undefined;
    return name === undefined ? [] : [pendingArray(entry, name, `${archive}: ${entry.name.slice(0, -4)}`)];
  });
  const total = pending.reduce((sum, each) => sum + each.bytes, 0);
  if (total > limit) throw tooLarge(archive, total, limit);
  const found = new Map<string, NdArray | WtildeError>();
  for (const { name, where, read } of pending) {
    if (found.has(name)) {
      throw malformed(where, 'the archive holds this array twice', {
        remedy: 'keep one of them, with or without the prefix in.',
      });
    }
    found.set(name, read());
  }
  return fieldsOf(found);
}

function isArray(path: string): boolean {
  return path.endsWith('.npy') && !/(^|\/)(__MACOSX\/|\._)/.test(path);
}

function pendingArray(entry: ZipEntry, name: string, where: string): Pending {
  return orItsError(
    () => {
      const header = parseNpyHeader(unpackHead(entry, npyHeadBytes, where), where);
      const { storedBytes, arrayBytes } = npyLayout(header, where);
      checkNpyLength(header, storedBytes, entry.unpackedBytes, where);
      const read = () => orItsError(() => readNpy(unpack(entry, where), { where, maxBytes: arrayBytes }), itself);
      return { name, where, bytes: Math.max(arrayBytes, entry.unpackedBytes), read };
    },
    (error) => ({ name, where, bytes: 0, read: () => error }),
  );
}

/** What is wrong with one array alone waits until somebody asks for it; a damaged archive is refused. */
function orItsError<R, E>(read: () => R, instead: (error: WtildeError) => E): R | E {
  try {
    return read();
  } catch (error) {
    if (isWtildeError(error, 'DTypeMismatch') || isWtildeError(error, 'InvalidValue')) return instead(error);
    throw error;
  }
}

function itself(error: WtildeError): WtildeError {
  return error;
}

function fieldsOf(found: ReadonlyMap<string, NdArray | WtildeError>): Fields {
  const fields = Object.fromEntries([...found].filter((entry): entry is [string, NdArray] => !isWtildeError(entry[1])));
  for (const [name, error] of found) {
    if (!isWtildeError(error)) continue;
    Object.defineProperty(fields, name, {
      enumerable: false,
      get() {
        throw error;
      },
    });
  }
  return fields;
}

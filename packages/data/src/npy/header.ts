import { WtildeError } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import { kindOf } from '../bytes/kind.js';

/** What an NPY header says about the array behind it. */
export interface NpyHeader {
  /** NumPy's type string, such as `<f8`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** The offset of the first data byte. */
  readonly dataStart: number;
}

const magic = '\x93NUMPY';

/** NumPy reads no longer header either, unless it is told to trust the file. */
const longestHeader = 10_000;
/** The header of any array that can be read lies within so many bytes. */
export const npyHeadBytes: number = 12 + longestHeader;

/**
 * Reads the header of an NPY file, format versions 1.0, 2.0 and 3.0, from its first bytes.
 *
 * @throws FileFormat where it is none, is truncated, or longer than the 10,000 characters that NumPy allows;
 *   DTypeMismatch where it describes a structured array.
 * @see numpy.lib.format
 */
export function parseNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  if (text(bytes, 0, magic.length) !== magic) {
    throw malformed(where, 'this is not an NPY array', {
      expected: 'bytes that start with \\x93NUMPY',
      actual: kindOf(bytes).name,
    });
  }
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw malformed(where, 'the NPY format version is not known', {
      expected: '1.0, 2.0 or 3.0',
      actual: bytes.length < 8 ? 'none' : `${version}.${bytes[7]}`,
    });
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < start ? Infinity : version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader && length < Infinity) {
    throw malformed(where, 'the NPY header is too long', {
      expected: `at most ${longestHeader} characters, as in NumPy`,
      actual: String(length),
    });
  }
  if (start + length > bytes.length) {
    throw malformed(where, 'the array is truncated in its header', {
      actual: `${bytes.length} bytes`,
    });
  }
  return { ...parseDictionary(text(bytes, start, start + length), where), dataStart: start + length };
}

/** The header text of a new file: a Python dictionary, padded so that the data start at a multiple of 64. */
export function formatNpyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Version 1.0: magic, version and a 16-bit length take 10 bytes, a newline ends the header.
  const total = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(total);
  const content = `${magic}\x01\x00\x00\x00${dictionary.padEnd(total - 11)}\n`;
  for (let i = 0; i < total; i++) bytes[i] = content.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(8, total - 10, true);
  return bytes;
}

function parseDictionary(dictionary: string, where: string): Omit<NpyHeader, 'dataStart'> {
  if (/['"]descr['"]\s*:\s*[[(]/.test(dictionary)) {
    throw new WtildeError('DTypeMismatch', {
      what: 'the array is structured',
      where,
      expected: 'numbers of one type',
      actual: JSON.stringify(dictionary.trim().slice(0, 120)),
      remedy: 'save its columns as plain arrays',
    });
  }
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(dictionary)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(dictionary)?.[1];
  const tuple = /['"]shape['"]\s*:\s*\(([^()]*)\)/.exec(dictionary)?.[1];
  const extents = tuple?.split(',').map((part) => part.trim());
  // A trailing comma leaves an empty last part; Python 2 wrote 3L.
  if (extents?.at(-1) === '') extents.pop();
  if (
    descr === undefined ||
    order === undefined ||
    extents === undefined ||
    !extents.every((part) => /^\d+L?$/.test(part))
  ) {
    throw malformed(where, 'the NPY header cannot be understood', {
      expected: 'descr, fortran_order and shape of one plain array',
      actual: JSON.stringify(dictionary.trim().slice(0, 120)),
      remedy: 'save plain numeric arrays with numpy.save or numpy.savez',
    });
  }
  const shape = extents.map((part) => Number(part.replace('L', '')));
  if (!shape.every(Number.isSafeInteger)) {
    throw malformed(where, 'the NPY header declares an impossible shape', { actual: `[${shape.join(', ')}]` });
  }
  return { descr, fortranOrder: order === 'True', shape };
}

/** Latin-1: the three keys read here are ASCII in every version. */
function text(bytes: Uint8Array, start: number, end: number): string {
  let result = '';
  for (const byte of bytes.subarray(start, end)) result += String.fromCharCode(byte);
  return result;
}

import { gunzipSync } from 'node:zlib';
import { malformed } from '../bytes/fileErrors.js';
import { kindOf } from '../bytes/kind.js';
import { type FilePath, fileName, readBytes, reason } from './io.js';

/** The bytes of a FITS file, unpacked where it is packed with gzip. Throws FileUnreadable, FileTooLarge and FileFormat. */
export async function readFitsBytes(path: FilePath, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readBytes(path, maxBytes);
  if (kindOf(bytes).id !== 'gzip') return bytes;
  try {
    // Node's own, as it looks at the checksum.
    return gunzipSync(bytes, { maxOutputLength: Math.min(maxBytes, 2 ** 31 - 1) });
  } catch (cause) {
    throw malformed(fileName(path), 'the file cannot be unpacked', {
      expected: `a whole file packed with gzip, of less than ${Math.min(maxBytes, 2 ** 31 - 1)} bytes`,
      actual: reason(cause),
      remedy: 'unpack it with gunzip',
      cause,
    });
  }
}

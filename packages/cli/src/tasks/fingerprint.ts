import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WtildeError } from '@wtilde/core-types';
import { antennaFile, visibilityPaths } from '@wtilde/data/node';

/** Tells whether two machines see the same files, without reading all of them. */
export type Fingerprint = string;

/** Pieces of a file that are read, evenly from its beginning to its end, and how long each is. */
const [pieces, pieceBytes] = [64, 4096];

/**
 * The three files of every folder, as they are there: packed ones stand beside.
 *
 * @param antennas whether that of the antennas belongs to them
 */
export async function filesOfFolders(folders: readonly string[], antennas = false): Promise<readonly string[]> {
  const paths = folders.flatMap((folder) => [
    ...Object.values(visibilityPaths(folder)),
    ...(antennas ? [join(folder, antennaFile)] : []),
  ]);
  return await Promise.all(
    paths.map(async (path) => {
      const file = typeof path === 'string' ? path : fileURLToPath(path);
      const there = await stat(file).catch(() => undefined);
      return there === undefined ? `${file}.gz` : file;
    }),
  );
}

/** SHA-256 of the sizes of files and of pieces of each: of other visibilities nearly every piece is another. */
export async function fingerprintOf(files: readonly string[]): Promise<Fingerprint> {
  const hash = createHash('sha256');
  for (const file of files) await addFile(file, (bytes) => hash.update(bytes));
  return hash.digest('hex');
}

async function addFile(path: string, add: (bytes: Uint8Array) => void): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw new WtildeError('FileUnreadable', {
      what: 'a file of the dataset is not there',
      where: path,
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'name a folder that every worker sees under the same path',
    });
  });
  try {
    const { size } = await file.stat();
    add(new TextEncoder().encode(`${size};`));
    for (let piece = 0; piece < pieces; piece++) {
      const position = Math.floor((Math.max(0, size - pieceBytes) * piece) / (pieces - 1));
      const { buffer, bytesRead } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes, position);
      add(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Throws InvalidContract where the files are others here. */
export async function requireSame(files: readonly string[], fingerprint: Fingerprint): Promise<void> {
  if ((await fingerprintOf(files)) === fingerprint) return;
  throw new WtildeError('InvalidContract', {
    what: 'the visibilities that this worker sees are not those of the run',
    where: files.join(', '),
    expected: `fingerprint ${fingerprint.slice(0, 16)}`,
    actual: 'another',
    remedy: 'mount the same folder under the same path on every machine',
  });
}

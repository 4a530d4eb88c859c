import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WtildeError } from '@wtilde/core-types';
import { visibilityPaths } from '@wtilde/data/node';

/** Tells whether two machines see the same files, without reading them. */
export type Fingerprint = string;

/** At either end of a file. */
const readBytes = 2 ** 16;

/** Of the three files of every folder: SHA-256 of their sizes, beginnings and ends. */
export async function fingerprintOf(folders: readonly string[]): Promise<Fingerprint> {
  const hash = createHash('sha256');
  for (const path of folders.flatMap((folder) => Object.values(visibilityPaths(folder)))) {
    const file = typeof path === 'string' ? path : fileURLToPath(path);
    const there = await stat(file).catch(() => undefined);
    // Packed ones stand beside.
    await addFile(there === undefined ? `${file}.gz` : file, (bytes) => hash.update(bytes));
  }
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
    for (const position of [0, Math.max(0, size - readBytes)]) {
      const { buffer, bytesRead } = await file.read(new Uint8Array(readBytes), 0, readBytes, position);
      add(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Throws InvalidContract where the files of the folders are others here. */
export async function requireSame(folders: readonly string[], fingerprint: Fingerprint): Promise<void> {
  if ((await fingerprintOf(folders)) === fingerprint) return;
  throw new WtildeError('InvalidContract', {
    what: 'the visibilities that this worker sees are not those of the run',
    where: folders.join(', '),
    expected: `fingerprint ${fingerprint.slice(0, 16)}`,
    actual: 'another',
    remedy: 'mount the same folder under the same path on every machine',
  });
}

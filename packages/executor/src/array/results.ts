/** Results as files, whole or not there. */
import { readFile } from 'node:fs/promises';
import { isWtildeError } from '@wtilde/core-types';
import { writeFiles } from '@wtilde/data/node';
import { pack, unpack } from '../work/frame.js';
import { sha256 } from '../work/work.js';

export async function writeResult(path: string, result: Uint8Array): Promise<void> {
  const bytes = pack([new TextEncoder().encode(sha256(result)), result]);
  await writeFiles([{ path, bytes }], { makeFolder: true });
}

/** Undefined where the file is not there, or not whole. */
export async function readResult(path: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  try {
    const [hash, result = new Uint8Array()] = unpack(bytes, path);
    return hash !== undefined && new TextDecoder().decode(hash) === sha256(result) ? result : undefined;
  } catch (error) {
    if (isWtildeError(error, 'InvalidContract')) return undefined;
    throw error;
  }
}

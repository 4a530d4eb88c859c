import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fields, smaLike } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { afterAll } from 'vitest';

/** A folder for the files of one test file; removed when that is done. */
export const folder = mkdtempSync(join(tmpdir(), 'wtilde-cli-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** A dataset small enough for every backend to be instant. */
export const small: Fields = smaLike({ N: 8, K: 24, S: 20, seed: 3 });

let files = 0;

/** Writes fields, each under its name with a prefix, and returns the path. */
export async function fileOf(fields: Fields, prefix = ''): Promise<string> {
  files++;
  const path = join(folder, `dataset-${files}.npz`);
  await writeNpzFile(path, Object.fromEntries(Object.entries(fields).map(([name, array]) => [prefix + name, array])));
  return path;
}

/** The small dataset with some fields replaced or, where undefined, left out. */
export async function smallWith(changes: Readonly<Record<string, Fields[string] | undefined>>): Promise<string> {
  const fields: Record<string, Fields[string]> = {};
  for (const [name, array] of Object.entries({ ...small, ...changes })) if (array !== undefined) fields[name] = array;
  return await fileOf(fields);
}

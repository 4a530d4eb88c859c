import { access, constants, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  isHandle,
  isRecord,
  type LooseResult,
  type NdArray,
  type ResultLeaf,
  real,
  WtildeError,
} from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';

/**
 * A result as arrays of an archive: `out.<upstream name>`, the entries of a record as `out.<upstream name>.<key>`,
 * scalars as arrays of shape [].
 */
export async function outputFields(upstream: string, result: LooseResult): Promise<Fields> {
  const name = `out.${upstream}`;
  if (!isRecord(result)) return { [name]: await hostArray(result) };
  const fields: Record<string, NdArray> = {};
  for (const [key, leaf] of Object.entries(result)) fields[`${name}.${key}`] = await hostArray(leaf);
  return fields;
}

async function hostArray(leaf: ResultLeaf): Promise<NdArray> {
  if (typeof leaf === 'number') return real([leaf], []);
  return isHandle(leaf) ? await leaf.toHost() : leaf;
}

/** Fails before long work, not after it, where the output could not be written or would replace the inputs. */
export async function checkTarget(out: string, inputs: string | undefined): Promise<void> {
  try {
    await access(dirname(out), constants.W_OK);
  } catch (cause) {
    throw new WtildeError('FileUnwritable', {
      what: 'the folder does not exist or cannot be written to',
      where: out,
      remedy: 'name a file in another folder',
      cause,
    });
  }
  if (inputs === undefined || (await realPath(out)) !== (await realPath(inputs))) return;
  throw new WtildeError('InvalidOption', {
    what: 'the output would replace the inputs',
    where: '--out',
    actual: out,
    remedy: 'name another file',
  });
}

/** Where a path leads, or undefined where it leads nowhere yet. */
async function realPath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}

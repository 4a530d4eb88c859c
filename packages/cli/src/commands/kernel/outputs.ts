import { isHandle, isRecord, type LooseResult, type NdArray, type ResultLeaf, real } from '@wtilde/core-types';
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

/** What kernels that are only known at run time return. */
import { isHandle, type LooseResult } from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';

/** What a kernel returns, once it is there; rejects where that is neither an array, a number nor a record. */
export async function resultOf(returned: unknown): Promise<LooseResult> {
  const result = await returned;
  if (isLooseResult(result)) return result;
  throw new CheckFailed(`a kernel returned ${String(result)}, which is no result`);
}

/** True for a promise of any make. */
export function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** True for an array, a number or a record of them. */
export function isLooseResult(value: unknown): value is LooseResult {
  if (typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isLeaf(value) || Object.values(value).every((entry) => typeof entry === 'number' || isLeaf(entry));
}

function isLeaf(value: unknown): boolean {
  return isHandle(value) || (typeof value === 'object' && value !== null && 'dtype' in value && 'data' in value);
}

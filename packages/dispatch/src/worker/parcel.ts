/** Copies that move to the other side: what their owner does to the arrays from then on changes nothing. */
import { copiedArguments, type LooseArgs } from '@wtilde/core-types';

export interface Parcel<T> {
  readonly content: T;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * Copies of all arrays of an object of arrays. Cloning instead would take the whole buffer of a view, share what is
 * shared, and copy twice.
 */
export function parcel<T extends object>(given: T): Parcel<T>;
export function parcel(given: LooseArgs): Parcel<object> {
  const content = copiedArguments(given);
  const buffers = Object.values(content).flatMap((value) =>
    typeof value === 'object' && 'data' in value && value.data.buffer instanceof ArrayBuffer ? [value.data.buffer] : [],
  );
  return { content, buffers };
}

import { type Handle, type NdArray, real } from '@wtilde/core-types';

/** Arguments of dataVectorFrom, and its result. */
export const args = { mappingMatrix: real([1, 0, 0.5, 0.5], [2, 2]), dirtyImage: real([3, 4]) };
export const expected = real([5, 2]);

/** A handle that counts how often it is fetched. */
export function handleOf(backend: string, array: NdArray<'real'>): Handle<'real'> & { readonly fetched: number } {
  let fetched = 0;
  return {
    dtype: 'real',
    shape: array.shape,
    backend,
    get fetched() {
      return fetched;
    },
    async toHost() {
      fetched += 1;
      return array;
    },
    dispose() {},
  };
}

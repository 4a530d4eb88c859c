import { type DType, type Handle, isHandle, type NdArray } from '@wtilde/core-types';

/** An argument on the host, where float64 prepares it for the device. */
export async function hostArray<D extends DType>(array: NdArray<D> | Handle<D>): Promise<NdArray<D>> {
  return isHandle(array) ? await array.toHost() : array;
}

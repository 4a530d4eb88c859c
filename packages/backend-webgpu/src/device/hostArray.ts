import { type DType, type Handle, isHandle, type NdArray } from '@wtilde/core-types';

/** An array as a kernel receives it: on the host or on a device. */
export type Argument<D extends DType> = NdArray<D> | Handle<D>;

/** An argument on the host, where float64 prepares it for the device. */
export async function hostArray<D extends DType>(array: Argument<D>): Promise<NdArray<D>> {
  return isHandle(array) ? await array.toHost() : array;
}

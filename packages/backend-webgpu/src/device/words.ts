import type { DType, NdArray, Storage } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';

/** Elements as a buffer holds them, 32 bits each: float32 (complex interleaved) or integers. */
export interface Words {
  readonly data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  /** Floating point numbers are data 2^exponent. */
  readonly exponent: number;
}

/** What goes to the device. */
export function toWords({ data }: NdArray): Words {
  if (data instanceof Float64Array) return toFloats(data);
  return { data: data instanceof Int32Array ? Int32Array.from(data) : Uint32Array.from(data), exponent: 0 };
}

/** What comes back, by dtype. */
export const fromWords: { readonly [D in DType]: (bytes: ArrayBuffer, exponent: number) => Storage[D] } = {
  real: (bytes, exponent) => fromFloats(new Float32Array(bytes), exponent),
  complex: (bytes, exponent) => fromFloats(new Float32Array(bytes), exponent),
  index: (bytes) => new Int32Array(bytes),
  bool: (bytes) => Uint8Array.from(new Uint32Array(bytes)),
};

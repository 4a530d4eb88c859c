import type { NdArray } from '@wtilde/core-types';
import { formatNpyHeader } from './header.js';

/**
 * Writes an array as an NPY 1.0 file in C order, little-endian: real as float64, complex as
 * complex128, index as int32, bool as bool.
 */
export function writeNpy(array: NdArray): Uint8Array {
  const { data } = array;
  const header = formatNpyHeader(descr(array), array.shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  if (data instanceof Uint8Array) bytes.set(data, header.length);
  else if (data instanceof Int32Array) {
    for (let i = 0; i < data.length; i++) view.setInt32(i * 4, data[i], true);
  } else {
    for (let i = 0; i < data.length; i++) view.setFloat64(i * 8, data[i], true);
  }
  return bytes;
}

function descr({ dtype }: NdArray): string {
  return { real: '<f8', complex: '<c16', index: '<i4', bool: '|b1' }[dtype];
}

/** Numbers as bytes, every bit of them, little-endian as typed arrays are on every machine that Node runs on. */
export function bytesOfNumbers(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer);
}

/** The inverse of {@link bytesOfNumbers}, wherever the bytes begin in their buffer. */
export function numbersOfBytes(bytes: Uint8Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

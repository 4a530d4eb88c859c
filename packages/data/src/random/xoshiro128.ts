/**
 * xoshiro128** 1.1 from a state of four 32-bit words, not all zero. Every call of the result gives
 * the next 32 bits, as a signed integer.
 *
 * @see Blackman and Vigna, Scrambled linear pseudorandom number generators (2021), public domain.
 */
export function xoshiro128(state: Int32Array): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

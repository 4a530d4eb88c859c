import { xoshiro128 } from './xoshiro128.js';

/** A stream of pseudo-random numbers that is the same on every machine for the same seed text. */
export interface Random {
  /** Uniform on [0, 1), multiples of 2^-53. */
  uniform(): number;
  /** An integer, uniform on 0 .. below - 1. */
  integer(below: number): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
}

/**
 * A generator seeded by a text, so that streams are told apart by what they are for (name, sizes,
 * seed) and adding one does not shift the others.
 *
 * xoshiro128** 1.1 (Blackman and Vigna, public domain) with its state filled by the SplitMix32
 * finaliser from an FNV-1a hash of the text; normals by Marsaglia's polar method.
 */
export function createRandom(seed: string): Random {
  const next = xoshiro128(expandSeed(hash(seed)));
  const uniform = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53;
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  return { uniform, normal, integer: (below) => Math.floor(uniform() * below) };
}

/** Four state words by SplitMix32; never all zero, because its steps are a bijection of a counter. */
function expandSeed(seed: number): Int32Array {
  return Int32Array.from({ length: 4 }, (_, step) => {
    let z = (seed + Math.imul(step + 1, 0x9e3779b9)) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  });
}

/** FNV-1a, 32 bits, over the UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

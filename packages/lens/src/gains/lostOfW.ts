import { addStripTimes, STRIP, stripCount, TILE_AREA } from '@wtilde/numerics';
import type { MappingArgs } from '../mapper/mappingArguments.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** What W loses, times what an evidence needs it for, on the listed entries of T (M, B); 0 where -1 pads. */
export interface LostOfW {
  /** (U U^t T X)_ij of a symmetric matrix X (S, S). */
  byMatrix(X: Float64Array): Float64Array;
  /** U U^t T s (M). */
  image(s: Float64Array): Float64Array;
}

/**
 * U U^t T X = U (X T^t U)^t on the entries of T. Cost: S^2 Q, and Q for every entry.
 *
 * @param columns T^t U (S, Q)
 */
export function lostOfW(
  { columns: U }: MarginalisedGains,
  columns: Float64Array,
  { pixels, pixIndexesForSubSlimIndex: { data: indexes, shape } }: Omit<MappingArgs, 'pixWeightsForSubSlimIndex'>,
): LostOfW {
  const [rows, total] = U.shape;
  const slots = shape[1];
  return {
    byMatrix: (X) => onEntries(productOf(X)),
    image(s) {
      const sums = new Float64Array(total);
      for (let i = 0; i < pixels; i++) for (let q = 0; q < total; q++) sums[q] += s[i] * columns[i * total + q];
      return Float64Array.from({ length: rows }, (_, i) => {
        let sum = 0;
        for (let q = 0; q < total; q++) sum += U.data[i * total + q] * sums[q];
        return sum;
      });
    },
  };

  /** X T^t U (S, Q), in strips. */
  function productOf(X: Float64Array): Float64Array {
    const strips = stripCount(pixels);
    const length = STRIP * total;
    const table = new Float64Array(strips * length);
    const out = new Float64Array(strips * length);
    const factors = new Float64Array(TILE_AREA);
    const placeOf = (pixel: number, q: number) => Math.floor(pixel / STRIP) * length + STRIP * q + (pixel % STRIP);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let q = 0; q < total; q++) table[placeOf(pixel, q)] = columns[pixel * total + q];
    }
    const element = (i: number, k: number) => (i < pixels && k < pixels ? X[i * pixels + k] : 0);
    for (let strip = 0; strip < strips; strip++) {
      for (let other = 0; other < strips; other++) {
        for (let at = 0; at < TILE_AREA; at++) {
          factors[at] = element(STRIP * strip + Math.floor(at / STRIP), STRIP * other + (at % STRIP));
        }
        addStripTimes(factors, 0, table, other * length, total, out, strip * length);
      }
    }
    const products = new Float64Array(pixels * total);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let q = 0; q < total; q++) products[pixel * total + q] = out[placeOf(pixel, q)];
    }
    return products;
  }

  function onEntries(products: Float64Array): Float64Array {
    const out = new Float64Array(indexes.length);
    for (let i = 0; i < rows; i++) {
      for (let at = i * slots; at < (i + 1) * slots && indexes[at] >= 0; at++) {
        const to = indexes[at] * total;
        for (let q = 0; q < total; q++) out[at] += U.data[i * total + q] * products[to + q];
      }
    }
    return out;
  }
}

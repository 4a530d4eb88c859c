import { STRIP } from './stripProduct.js';

/**
 * Subtracts the product of two strips from a tile: C -= A B^t over `columns` columns, where A, B
 * (3, columns) and C (3, 3) are stored column by column in one array, at `a`, `b` and `c`.
 *
 * The only loop of a Cholesky factorization whose cost grows with the cube of the order; 18 columns
 * operations. It is `addStripProduct` over again because that, with three arrays to index and a
 * factor -1, makes a factorization 2 to 5 % slower.
 */
export function subtractStripProduct(values: Float64Array, c: number, a: number, b: number, columns: number): void {
  let sum00 = 0;
  let sum10 = 0;
  let sum20 = 0;
  let sum01 = 0;
  let sum11 = 0;
  let sum21 = 0;
  let sum02 = 0;
  let sum12 = 0;
  let sum22 = 0;
  let i = a | 0;
  let j = b | 0;
  const end = (a + STRIP * columns) | 0;
  while (i < end) {
    const b0 = values[j];
    const b1 = values[(j + 1) | 0];
    const b2 = values[(j + 2) | 0];
    const a0 = values[i];
    sum00 += a0 * b0;
    sum01 += a0 * b1;
    sum02 += a0 * b2;
    const a1 = values[(i + 1) | 0];
    sum10 += a1 * b0;
    sum11 += a1 * b1;
    sum12 += a1 * b2;
    const a2 = values[(i + 2) | 0];
    sum20 += a2 * b0;
    sum21 += a2 * b1;
    sum22 += a2 * b2;
    i = (i + STRIP) | 0;
    j = (j + STRIP) | 0;
  }
  values[c] -= sum00;
  values[c + 1] -= sum10;
  values[c + 2] -= sum20;
  values[c + 3] -= sum01;
  values[c + 4] -= sum11;
  values[c + 5] -= sum21;
  values[c + 6] -= sum02;
  values[c + 7] -= sum12;
  values[c + 8] -= sum22;
}

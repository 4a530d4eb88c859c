/**
 * Matrix products in strips of three rows.
 *
 * A matrix of `rows` x `count` numbers is stored in strips of three rows, each column by column: element
 * (row, k) stands at `3 k + row mod 3` of strip `floor(row / 3)`. A product of two strips then reads both
 * contiguously.
 *
 * Three, because 9 sums, 3 + 1 factors and a scratch are what 16 floating-point registers hold: on
 * x86-64 with V8 a product of strips reaches 5.8 GFLOP/s with 3 x 3 tiles, 5.2 with 4 x 4, 5.6 with
 * 4 x 2.
 */

/** Rows of a strip. */
export const STRIP = 3;

/** Numbers in the 3 x 3 tile that two strips give. */
export const TILE_AREA = 9;

/** Strips that hold `rows` rows. */
export function stripCount(rows: number): number {
  return Math.ceil(rows / STRIP);
}

/**
 * out[tile + 3 i + j] += sum_k left[a + 3 k + i] right[b + 3 k + j] over `count` columns k.
 *
 * 18 count operations at 5 to 6 GFLOP/s. `| 0` tells V8 that the indices are 32-bit integers:
 * without it every step checks them for overflow and a sixth of the speed is lost.
 */
export function addStripProduct(
  left: Float64Array,
  a: number,
  right: Float64Array,
  b: number,
  count: number,
  out: Float64Array,
  tile: number,
): void {
  let sum00 = 0;
  let sum01 = 0;
  let sum02 = 0;
  let sum10 = 0;
  let sum11 = 0;
  let sum12 = 0;
  let sum20 = 0;
  let sum21 = 0;
  let sum22 = 0;
  let i = a | 0;
  let j = b | 0;
  const end = (a + STRIP * count) | 0;
  while (i < end) {
    const right0 = right[j];
    const right1 = right[(j + 1) | 0];
    const right2 = right[(j + 2) | 0];
    const left0 = left[i];
    sum00 += left0 * right0;
    sum01 += left0 * right1;
    sum02 += left0 * right2;
    const left1 = left[(i + 1) | 0];
    sum10 += left1 * right0;
    sum11 += left1 * right1;
    sum12 += left1 * right2;
    const left2 = left[(i + 2) | 0];
    sum20 += left2 * right0;
    sum21 += left2 * right1;
    sum22 += left2 * right2;
    i = (i + STRIP) | 0;
    j = (j + STRIP) | 0;
  }
  out[tile] += sum00;
  out[tile + 1] += sum01;
  out[tile + 2] += sum02;
  out[tile + 3] += sum10;
  out[tile + 4] += sum11;
  out[tile + 5] += sum12;
  out[tile + 6] += sum20;
  out[tile + 7] += sum21;
  out[tile + 8] += sum22;
}

/**
 * out[to + 3 k + i] += sum_j factors[i, j] table[from + 3 k + j] for k < count: a 3 x 3 matrix times
 * every column of a strip. The nine factors stay in registers. 18 count operations.
 *
 * @param factors row-major 3 x 3 from `at` on
 */
export function addStripTimes(
  factors: Float64Array,
  at: number,
  table: Float64Array,
  from: number,
  count: number,
  out: Float64Array,
  to: number,
): void {
  const factor00 = factors[at];
  const factor01 = factors[at + 1];
  const factor02 = factors[at + 2];
  const factor10 = factors[at + 3];
  const factor11 = factors[at + 4];
  const factor12 = factors[at + 5];
  const factor20 = factors[at + 6];
  const factor21 = factors[at + 7];
  const factor22 = factors[at + 8];
  let i = from | 0;
  let o = to | 0;
  const end = (from + STRIP * count) | 0;
  while (i < end) {
    const table0 = table[i];
    const table1 = table[(i + 1) | 0];
    const table2 = table[(i + 2) | 0];
    out[o] += factor00 * table0 + factor01 * table1 + factor02 * table2;
    out[(o + 1) | 0] += factor10 * table0 + factor11 * table1 + factor12 * table2;
    out[(o + 2) | 0] += factor20 * table0 + factor21 * table1 + factor22 * table2;
    i = (i + STRIP) | 0;
    o = (o + STRIP) | 0;
  }
}

/**
 * D = T^t d from a dense mapping matrix. 2 M S operations; reading T once is most of the cost.
 *
 * Four rows of T at a time, so that D is loaded and stored once per four rows.
 *
 * @param mapping T, row-major (M, S)
 * @param image d (M)
 * @param s S
 * @param out (S), overwritten; new when left out
 */
export function dataVector(
  mapping: Float64Array,
  image: Float64Array,
  s: number,
  out: Float64Array = new Float64Array(s),
): Float64Array {
  out.fill(0);
  const m = image.length;
  let row = 0;
  for (; row + 4 <= m; row += 4) addFourRows(mapping, image, row, s, out);
  for (; row < m; row++) {
    const value = image[row];
    for (let column = 0; column < s; column++) out[column] += value * mapping[row * s + column];
  }
  return out;
}

function addFourRows(mapping: Float64Array, image: Float64Array, row: number, s: number, out: Float64Array): void {
  const value0 = image[row];
  const value1 = image[row + 1];
  const value2 = image[row + 2];
  const value3 = image[row + 3];
  let i0 = (row * s) | 0;
  let i1 = (i0 + s) | 0;
  let i2 = (i1 + s) | 0;
  let i3 = (i2 + s) | 0;
  for (let column = 0; column < s; column++) {
    out[column] += value0 * mapping[i0] + value1 * mapping[i1] + (value2 * mapping[i2] + value3 * mapping[i3]);
    i0 = (i0 + 1) | 0;
    i1 = (i1 + 1) | 0;
    i2 = (i2 + 1) | 0;
    i3 = (i3 + 1) | 0;
  }
}

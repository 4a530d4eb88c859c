/** Sweeps at most: the sign pattern has long settled, or will not. */
const most = 10;

/**
 * Sweeps over the pixels, each of which takes the brightness that is best beside all others, or 0: projected
 * Gauss-Seidel. In place; until a sweep turns few pixels on or off.
 *
 * What is wrong with the positive part of an unrestricted solution are single pixels beside others, and those a few
 * sweeps put right: on lenses they leave a tenth to a hundredth of the pixels to be exchanged. 2 S^2 operations a sweep.
 *
 * @param matrix A (S, S) row by row; only the lower triangle is read
 * @param s (S) brightnesses, at least 0; those of pixels that are not `free` are 0
 */
export function relaxed(matrix: Float64Array, dataVector: Float64Array, s: Float64Array, free: Uint8Array): void {
  const order = s.length;
  // Sums over the pixels behind each, whose brightnesses are still those of the sweep before.
  let behind = new Float64Array(order);
  for (let i = 0; i < order; i++) addRow(matrix, order, i, s[i], behind);
  for (let sweep = 0; sweep < most; sweep++) {
    const next = new Float64Array(order);
    let turned = 0;
    for (let i = 0; i < order; i++) {
      if (free[i] === 0) continue;
      const row = i * order;
      let sum = behind[i];
      for (let j = 0; j < i; j++) sum += matrix[row + j] * s[j];
      const value = Math.max(0, (dataVector[i] - sum) / matrix[row + i]);
      if (value > 0 !== s[i] > 0) turned += 1;
      s[i] = value;
      addRow(matrix, order, i, value, next);
    }
    behind = next;
    if (turned <= order / 200) return;
  }
}

/** sums[j] += A_ij value for j < i. */
function addRow(matrix: Float64Array, order: number, i: number, value: number, sums: Float64Array): void {
  if (value === 0) return;
  const row = i * order;
  for (let j = 0; j < i; j++) sums[j] += matrix[row + j] * value;
}

/**
 * sum_i x[fromX + i] y[fromY + i] over `length` numbers.
 *
 * Four partial sums: an addition need not wait for the one before, and the error bound is a quarter
 * of that of a single sum.
 */
function dot(x: Float64Array, fromX: number, y: Float64Array, fromY: number, length: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = fromX | 0;
  let j = fromY | 0;
  const end = (fromX + length) | 0;
  for (const blocksEnd = (end - 3) | 0; i < blocksEnd; i = (i + 4) | 0, j = (j + 4) | 0) {
    sum0 += x[i] * y[j];
    sum1 += x[(i + 1) | 0] * y[(j + 1) | 0];
    sum2 += x[(i + 2) | 0] * y[(j + 2) | 0];
    sum3 += x[(i + 3) | 0] * y[(j + 3) | 0];
  }
  for (; i < end; i = (i + 1) | 0, j = (j + 1) | 0) sum0 += x[i] * y[j];
  return sum0 + sum1 + (sum2 + sum3);
}

/** x^t A x of a symmetric row-major (S, S) matrix, from its lower triangle. S^2 operations. */
export function quadraticForm(order: number, a: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < order; row++) {
    const from = row * order;
    sum += x[row] * (2 * dot(a, from, x, 0, row) + a[from + row] * x[row]);
  }
  return sum;
}

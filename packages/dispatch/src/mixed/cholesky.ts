/** A dense Cholesky factorization A = L L^t, rows of L contiguous. */

/** L of a symmetric positive definite matrix (n, n), of which the lower triangle is read; undefined where it is not. */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array | undefined {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i * n + j] - dot(L, i * n, j * n, j);
      if (j < i) L[i * n + j] = rest / L[j * n + j];
      else if (rest > 0 && rest < Number.POSITIVE_INFINITY) L[i * n + i] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return L;
}

/** x of L x = b. */
export function solveLower(L: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let rest = x[i];
    for (let j = 0; j < i; j++) rest -= L[i * n + j] * x[j];
    x[i] = rest / L[i * n + i];
  }
  return x;
}

/** x of L^t x = b. */
export function solveUpper(L: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= L[i * n + i];
    const known = x[i];
    for (let j = 0; j < i; j++) x[j] -= L[i * n + j] * known;
  }
  return x;
}

/** The inner product of two rows, in four sums that do not wait for each other. */
function dot(data: Float64Array, a: number, b: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += data[a + k] * data[b + k];
    s1 += data[a + k + 1] * data[b + k + 1];
    s2 += data[a + k + 2] * data[b + k + 2];
    s3 += data[a + k + 3] * data[b + k + 3];
  }
  for (; k < length; k++) s0 += data[a + k] * data[b + k];
  return s0 + s1 + s2 + s3;
}

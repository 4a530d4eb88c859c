/** Symmetric matrices of some ten rows, as flat arrays in rows. */

export function identity(order: number, scale = 1): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) matrix[i * order + i] = scale;
  return matrix;
}

/** The lower factor L of A = L Lᵗ; undefined where A is not positive definite. */
export function cholesky(matrix: Float64Array, order: number): Float64Array | undefined {
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * order + j];
      for (let k = 0; k < j; k++) sum -= factor[i * order + k] * factor[j * order + k];
      if (i === j) {
        if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return undefined;
        factor[i * order + i] = Math.sqrt(sum);
      } else factor[i * order + j] = sum / factor[j * order + j];
    }
  }
  return factor;
}

/**
 * The factor of a covariance; of one that few points leave flat, with some of the other directions in it, and of none at
 * all a round one.
 */
export function factorOfCovariance(covariance: Float64Array, order: number): Float64Array {
  let mean = 0;
  for (let i = 0; i < order; i++) mean += covariance[i * order + i] / order;
  for (let ridge = 0; ridge < 1; ridge = ridge === 0 ? 1e-10 : ridge * 100) {
    const raised = covariance.slice();
    for (let i = 0; i < order; i++) raised[i * order + i] += ridge * mean + 1e-300;
    const factor = cholesky(raised, order);
    if (factor !== undefined) return factor;
  }
  return identity(order, Math.sqrt(mean) || 1e-3);
}

/** L x. */
export function timesLower(factor: Float64Array, vector: ArrayLike<number>, order: number): Float64Array {
  const result = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k <= i; k++) result[i] += factor[i * order + k] * vector[k];
  }
  return result;
}

/** Lᵗ x. */
export function timesUpper(factor: Float64Array, vector: ArrayLike<number>, order: number): Float64Array {
  const result = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let k = i; k < order; k++) result[i] += factor[k * order + i] * vector[k];
  }
  return result;
}

/** x of L x = b. */
export function solveLower(factor: Float64Array, b: ArrayLike<number>, order: number): Float64Array {
  const x = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= factor[i * order + k] * x[k];
    x[i] = sum / factor[i * order + i];
  }
  return x;
}

/** x of Lᵗ x = b. */
export function solveUpper(factor: Float64Array, b: ArrayLike<number>, order: number): Float64Array {
  const x = new Float64Array(order);
  for (let i = order - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < order; k++) sum -= factor[k * order + i] * x[k];
    x[i] = sum / factor[i * order + i];
  }
  return x;
}

/** x of A x = b, from the factor of A. */
export function solve(factor: Float64Array, b: ArrayLike<number>, order: number): Float64Array {
  return solveUpper(factor, solveLower(factor, b, order), order);
}

/** The inverse of A, from its factor. */
export function inverse(factor: Float64Array, order: number): Float64Array {
  const result = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    const column = solve(factor, identity(order).subarray(j * order, (j + 1) * order), order);
    for (let i = 0; i < order; i++) result[i * order + j] = column[i];
  }
  return result;
}

/** A x. */
export function times(matrix: Float64Array, vector: ArrayLike<number>, order: number): Float64Array {
  const result = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) result[i] += matrix[i * order + j] * vector[j];
  }
  return result;
}

/** A B. */
export function product(a: Float64Array, b: Float64Array, order: number): Float64Array {
  const result = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      for (let k = 0; k < order; k++) result[i * order + j] += a[i * order + k] * b[k * order + j];
    }
  }
  return result;
}

export function transposed(matrix: Float64Array, order: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % order) * order + Math.floor(at / order)]);
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The rows and columns of some indices. */
export function submatrix(matrix: Float64Array, order: number, indices: readonly number[]): Float64Array {
  const result = new Float64Array(indices.length ** 2);
  indices.forEach((i, row) => {
    indices.forEach((j, column) => {
      result[row * indices.length + column] = matrix[i * order + j];
    });
  });
  return result;
}

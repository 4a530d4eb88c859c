import type { CovariancePrior, MatrixPrior, RegularizedMesh } from './kind.js';

/** How alike two places are, by their distance in arcsec: 1 where they are the same. */
export interface Correlation {
  at(distance: number): number;
  /** Writes the derivatives by the distance and by every parameter of `names` to `out`. */
  derivatives(distance: number, out: Float64Array): void;
  readonly names: readonly string[];
  /** What tells it from all others: its kind, and the values of its parameters. */
  readonly values: readonly number[];
}

/** Added to the diagonal of every covariance, as in PyAutoLens: without it close vertices make it singular. */
const jitter = 1e-8;

/**
 * The prior of a Gaussian process: H = coefficient C^-1, C_ij = correlation of |v_i - v_j| over w_i w_j, + 1e-8 on the
 * diagonal.
 *
 * One Cholesky factorization of C gives H and its log determinant, S ln coefficient - log det C; H is never factored.
 * Cost: a correlation for every pair, and S^3 operations for C^-1.
 *
 * @param scales (S) the w of every source pixel, 1 where left out
 */
export function kernelPrior(
  correlation: Correlation,
  coefficient: number,
  { mapper }: RegularizedMesh,
  scales?: Float64Array,
): ScaledPrior {
  const { pixels: order, vertices } = mapper;
  return {
    key: Float64Array.of(...correlation.values, ...vertices.data, ...(scales ?? [])),
    covariance: () => covarianceOf(correlation, vertices.data, order, scales),
    inverted(inverse, logDet, condition) {
      const matrix = coefficient === 1 ? inverse : times(coefficient, inverse);
      const kernel = { correlation, matrix, coefficient, points: vertices.data, order, scales };
      const pullScales = (byMatrix: Float64Array, byLogDet = 0, around?: Float64Array) =>
        pullCovariance(kernel, byMatrix, byLogDet, around ?? aroundOf(matrix, byMatrix, order));
      return {
        matrix,
        logDet: order * Math.log(coefficient) - logDet,
        condition,
        pullScales,
        pull(byMatrix, byLogDet, around) {
          const { parameters, vertices } = pullScales(byMatrix, byLogDet, around);
          return { parameters, vertices };
        },
      };
    },
  };
}

/** In a loop of its own, which costs a tenth of a closure for every element. */
function times(factor: number, values: Float64Array): Float64Array {
  const products = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) products[at] = factor * values[at];
  return products;
}

/** With the derivatives by the scales as well. */
interface ScaledPrior extends CovariancePrior {
  inverted(
    ...made: Parameters<CovariancePrior['inverted']>
  ): MatrixPrior & { pullScales(...by: Parameters<MatrixPrior['pull']>): PulledKernel };
}

/** The condition of a symmetric matrix (S, S) in the 1-norm, by its inverse. O(S^2). */
export function conditionOf(matrix: Float64Array, inverse: Float64Array): number {
  const order = Math.sqrt(matrix.length);
  return norm(matrix, order) * norm(inverse, order);
}

function covarianceOf(
  correlation: Correlation,
  points: Float64Array,
  order: number,
  scales: Float64Array | undefined,
): Float64Array {
  const covariance = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const weight = scales === undefined ? 1 : 1 / (scales[i] * scales[j]);
      const value = correlation.at(distanceOf(points, i, j)) * weight;
      covariance[i * order + j] = value;
      covariance[j * order + i] = value;
    }
    covariance[i * order + i] += jitter;
  }
  return covariance;
}

function distanceOf(points: Float64Array, i: number, j: number): number {
  const y = points[2 * i] - points[2 * j];
  const x = points[2 * i + 1] - points[2 * j + 1];
  return Math.sqrt(y * y + x * x);
}

/** The largest sum of absolute values in a row. */
function norm(matrix: Float64Array, order: number): number {
  let most = 0;
  for (let i = 0; i < order; i++) {
    let sum = 0;
    for (let j = 0; j < order; j++) sum += Math.abs(matrix[i * order + j]);
    most = Math.max(most, sum);
  }
  return most;
}

/** Derivatives by parameters, places and the `scales`. */
interface PulledKernel {
  readonly parameters: Record<string, number>;
  readonly vertices: Float64Array;
  readonly scales: Float64Array;
}

interface Kernel {
  readonly correlation: Correlation;
  /** H. */
  readonly matrix: Float64Array;
  readonly coefficient: number;
  readonly points: Float64Array;
  readonly order: number;
  readonly scales: Float64Array | undefined;
}

/** With H = c C^-1, G = byMatrix and g = byLogDet: by c it is (tr(G H) + g S) / c, by C it is -(H G H + g H) / c. */
function pullCovariance(
  { correlation, matrix, coefficient, points, order, scales }: Kernel,
  byMatrix: Float64Array,
  byLogDet: number,
  around: Float64Array,
): PulledKernel {
  let trace = 0;
  for (let at = 0; at < matrix.length; at++) trace += byMatrix[at] * matrix[at];
  const derivatives = new Float64Array(1 + correlation.names.length);
  const sums = new Float64Array(correlation.names.length);
  const vertices = new Float64Array(2 * order);
  const byScales = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const weight = scales === undefined ? 1 : 1 / (scales[i] * scales[j]);
      const y = points[2 * i] - points[2 * j];
      const x = points[2 * i + 1] - points[2 * j + 1];
      const distance = Math.sqrt(y * y + x * x);
      const at = i * order + j;
      // Twice off the diagonal: the element and its mirror image.
      const by = (-(around[at] + byLogDet * matrix[at]) / coefficient) * weight * (i === j ? 1 : 2);
      correlation.derivatives(distance, derivatives);
      for (let k = 0; k < sums.length; k++) sums[k] += by * derivatives[1 + k];
      if (scales !== undefined) {
        const byValue = by * correlation.at(distance);
        byScales[i] -= byValue / scales[i];
        byScales[j] -= byValue / scales[j];
      }
      if (distance === 0) continue;
      const along = (by * derivatives[0]) / distance;
      vertices[2 * i] += along * y;
      vertices[2 * i + 1] += along * x;
      vertices[2 * j] -= along * y;
      vertices[2 * j + 1] -= along * x;
    }
  }
  const parameters: Record<string, number> = { coefficient: (trace + byLogDet * order) / coefficient };
  correlation.names.forEach((name, k) => {
    parameters[name] = sums[k];
  });
  return { parameters, vertices, scales: byScales };
}

/** H G H. */
function aroundOf(matrix: Float64Array, byMatrix: Float64Array, order: number): Float64Array {
  return product(product(matrix, byMatrix, order), matrix, order);
}

/** A B, row by row: what is added is a row of B. */
function product(a: Float64Array, b: Float64Array, order: number): Float64Array {
  const result = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const row = result.subarray(i * order, (i + 1) * order);
    for (let k = 0; k < order; k++) addScaled(a[i * order + k], b, k * order, row);
  }
  return result;
}

function addScaled(factor: number, from: Float64Array, start: number, to: Float64Array): void {
  for (let j = 0; j < to.length; j++) to[j] += factor * from[start + j];
}

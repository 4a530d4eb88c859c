import { type CholeskyFactor, choleskyOf, packedIndex, solve, solveFactor } from '@wtilde/numerics';

/** The system of S pixels, L linear profiles and the light that is given, its last column. */
interface LightSystem {
  /** (S + L + 1, S + L + 1), symmetric; the lower triangle is read. */
  readonly curvature: Float64Array;
  readonly dataVector: Float64Array;
  /** H (S, S). */
  readonly regularization?: Float64Array | undefined;
  readonly pixels: number;
  readonly profiles: number;
  readonly ridge: number;
  /** chi^2 without any light. */
  readonly chiSquared0: number;
}

/** What solves it. */
interface SolvedLight {
  /** (S + L) */
  readonly solution: Float64Array;
  /** (L) standard deviations of the factors of the linear profiles. */
  readonly errors: Float64Array;
  readonly chiSquared: number;
  readonly regularizationTerm: number;
  /** Of the pixels. */
  readonly logDetCurvatureRegMatrix: number;
}

/**
 * s = (F + H + ridge)^-1 (D - F b) with pixels first, so that the first S rows of one Cholesky factor are that of the
 * pixels alone and give their determinant; chi^2 = chi^2_0 - 2 b^t D + b^t F b - 2 s^t (D - F b) + s^t (F + ridge) s.
 *
 * @throws NumericalFailure where the system is not positive definite
 */
export function solveLight(system: LightSystem): SolvedLight {
  const { curvature, dataVector, regularization, pixels, profiles, ridge, chiSquared0 } = system;
  const order = pixels + profiles;
  const width = order + 1;
  const at = (i: number, j: number) => curvature[Math.max(i, j) * width + Math.min(i, j)];
  const matrix = new Float64Array(order * order);
  const vector = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    vector[i] = dataVector[i] - at(order, i);
    for (let j = 0; j <= i; j++) {
      const prior = i < pixels ? (regularization?.[i * pixels + j] ?? 0) : i === j ? ridge : 0;
      matrix[i * order + j] = at(i, j) + prior;
    }
  }
  const empty = chiSquared0 - 2 * dataVector[order] + at(order, order);
  if (order === 0) {
    const none = new Float64Array(0);
    return { solution: none, errors: none, chiSquared: empty, regularizationTerm: 0, logDetCurvatureRegMatrix: 0 };
  }
  const factor = choleskyOf(order, [matrix]);
  const solution = solve(factor, vector);
  let [fit, form, regularizationTerm] = [0, 0, 0];
  for (let i = 0; i < order; i++) {
    fit += solution[i] * vector[i];
    for (let j = 0; j < order; j++) {
      const product = solution[i] * solution[j];
      form += product * (at(i, j) + (i === j && i >= pixels ? ridge : 0));
      if (i < pixels && j < pixels) regularizationTerm += product * (regularization?.[i * pixels + j] ?? 0);
    }
  }
  return {
    solution,
    errors: errorsOf(factor, pixels),
    chiSquared: empty - 2 * fit + form,
    regularizationTerm,
    logDetCurvatureRegMatrix: logDeterminantOf(factor, pixels),
  };
}

/** Of the leading rows. */
function logDeterminantOf({ packed }: CholeskyFactor, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += Math.log(packed[packedIndex(row, row)]);
  return 2 * sum;
}

/** The roots of the diagonal of the inverse, from a row on. */
function errorsOf(factor: CholeskyFactor, from: number): Float64Array {
  const unit = new Float64Array(factor.order);
  return Float64Array.from({ length: factor.order - from }, (_, i) => {
    unit[from + i] = 1;
    const half = solveFactor(factor, unit);
    unit[from + i] = 0;
    return Math.sqrt(half.reduce((sum, value) => sum + value * value, 0));
  });
}

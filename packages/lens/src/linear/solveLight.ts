import { WtildeError } from '@wtilde/core-types';
import {
  type CholeskyFactor,
  choleskyOf,
  denseSystem,
  type PositiveSolution,
  packedIndex,
  positiveSolution,
  solve,
  solveFactor,
} from '@wtilde/numerics';

/** The system of S pixels, L linear profiles and the light that is given, its last column. */
interface LightSystem {
  /** (S + L + 1, S + L + 1), symmetric; the lower triangle is read. */
  readonly curvature: Float64Array;
  readonly dataVector: Float64Array;
  /** H of the pixels, block by block in their order: (s, s) each. */
  readonly regularizations: readonly { readonly pixels: number; readonly matrix: Float64Array }[];
  readonly profiles: number;
  readonly ridge: number;
  /** chi^2 without any light. */
  readonly chiSquared0: number;
  /** (S + L) 1 for what is held at 0 where nothing may be negative; undefined where everything may. */
  readonly heldAtZero?: Uint8Array | undefined;
}

/** What solves it. */
interface SolvedLight {
  /** (S + L) */
  readonly solution: Float64Array;
  /** (S + L) standard deviations, of light of any sign. */
  errors(): Float64Array;
  readonly chiSquared: number;
  readonly regularizationTerm: number;
  /** Of the pixels. */
  readonly logDetCurvatureRegMatrix: number;
  /** Where nothing may be negative. */
  readonly positive?: PositiveSolution | undefined;
}

/**
 * s = (F + H + ridge)^-1 (D - F b) with pixels first, so that the first S rows of one Cholesky factor are that of the
 * pixels alone and give their determinant; chi^2 = chi^2_0 - 2 b^t D + b^t F b - 2 s^t (D - F b) + s^t (F + ridge) s. Where
 * nothing may be negative, s is the least of the same sum over s >= 0.
 *
 * @throws NumericalFailure where the system is not positive definite
 */
export function solveLight(system: LightSystem): SolvedLight {
  const { curvature, dataVector, regularizations, profiles, ridge, chiSquared0, heldAtZero } = system;
  const pixels = regularizations.reduce((sum, each) => sum + each.pixels, 0);
  const order = pixels + profiles;
  const width = order + 1;
  const at = (i: number, j: number) => curvature[Math.max(i, j) * width + Math.min(i, j)];
  const matrix = new Float64Array(order * order);
  const vector = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    vector[i] = dataVector[i] - at(order, i);
    for (let j = 0; j < order; j++) matrix[i * order + j] = at(i, j);
    if (i >= pixels) matrix[i * order + i] += ridge;
  }
  const empty = chiSquared0 - 2 * dataVector[order] + at(order, order);
  if (order === 0) {
    const none = new Float64Array(0);
    return {
      solution: none,
      errors: () => none,
      chiSquared: empty,
      regularizationTerm: 0,
      logDetCurvatureRegMatrix: 0,
    };
  }
  let first = 0;
  for (const { pixels: size, matrix: prior } of regularizations) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[(first + i) * order + first + j] += prior[i * size + j];
    }
    first += size;
  }
  const factor = choleskyOf(order, [matrix]);
  for (let i = pixels; i < order; i++) {
    const share = factor.packed[packedIndex(i, i)] ** 2 / matrix[i * order + i];
    if (!(share > order * Number.EPSILON)) throw alike(i - pixels, share);
  }
  const positive =
    heldAtZero === undefined ? undefined : positiveSolution(denseSystem(matrix, vector), { zeroedPixels: heldAtZero });
  const solution = positive?.reconstruction ?? solve(factor, vector);
  let [fit, form] = [0, 0];
  for (let i = 0; i < order; i++) {
    fit += solution[i] * vector[i];
    for (let j = 0; j < order; j++) form += solution[i] * solution[j] * at(i, j);
    if (i >= pixels) form += ridge * solution[i] ** 2;
  }
  return {
    solution,
    errors: () => errorsOf(factor),
    chiSquared: empty - 2 * fit + form,
    regularizationTerm: priorOf(solution, regularizations),
    logDetCurvatureRegMatrix: logDeterminantOf(factor, pixels),
    positive,
  };
}

function alike(profile: number, share: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'linear profiles that cannot be told apart',
    where: `the ${profile + 1}. intensity that is solved for`,
    expected: 'an image that is no sum of those before it',
    actual: `a part of ${share.toPrecision(2)} of it is its own`,
    remedy: 'leave one of them out, or use a ridge above 0',
  });
}

/** s^t H s, block by block. */
function priorOf(solution: Float64Array, regularizations: LightSystem['regularizations']): number {
  let [first, sum] = [0, 0];
  for (const { pixels, matrix } of regularizations) {
    for (let i = 0; i < pixels; i++) {
      for (let j = 0; j < pixels; j++) sum += solution[first + i] * solution[first + j] * matrix[i * pixels + j];
    }
    first += pixels;
  }
  return sum;
}

/** Of the leading rows. */
function logDeterminantOf({ packed }: CholeskyFactor, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += Math.log(packed[packedIndex(row, row)]);
  return 2 * sum;
}

/** The roots of the diagonal of the inverse. */
function errorsOf(factor: CholeskyFactor): Float64Array {
  const unit = new Float64Array(factor.order);
  return Float64Array.from(unit, (_, i) => {
    unit[i] = 1;
    const half = solveFactor(factor, unit);
    unit[i] = 0;
    return Math.sqrt(half.reduce((sum, value) => sum + value * value, 0));
  });
}

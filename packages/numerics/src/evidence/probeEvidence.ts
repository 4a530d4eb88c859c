/**
 * How far an evidence made from a float32 curvature matrix is from the float64 one.
 *
 * With F = F64 + dF, A = F + H = L L^t (in the basis of `sourceBasis`) and s = A^-1 D, the log evidence changes by
 *   LL64 - LL = (s^t dF s + tr(A^-1 dF)) / 2 + second order.
 * F64 is not known, but its quadratic forms with a few vectors cost only as many columns of F64: with probes
 * z_j = L^-t r_j, r_j random signs, and E = L^-1 dF L^-t,
 *   z_j^t dF z_j = r_j^t E r_j has the mean tr(A^-1 dF), and z_j^t dF z_k for j != k has the mean square |E|_F^2,
 * so that one small matrix of exact forms gives both first-order terms, the uncertainty of the trace and the size of
 * what was neglected. Nothing is assumed about how the errors of F are distributed or correlated.
 */
import { type NdArray, real } from '@wtilde/core-types';
import { solveFactor, solveFactorTransposed } from '../cholesky/cholesky.js';
import { factorEvidence } from './factorEvidence.js';
import type { RegularizationForm } from './regularizationForm.js';
import { signs } from './signs.js';

/** The parts of the evidence that were used. F: (S, S), the lower triangle counts; D: (S). */
export interface MixedEvidence {
  readonly curvatureMatrix: NdArray<'real'>;
  readonly regularization: RegularizationForm;
  readonly dataVector: NdArray<'real'>;
  /** The sum of the absolute terms of the evidence, for the rounding of the float64 end. */
  readonly terms: number;
}

export interface EvidenceProbe {
  /** P, (S, Q): the vectors whose float64 forms are wanted. */
  readonly columns: NdArray<'real'>;
  /**
   * The error that the log evidence stays within in about 99 of 100 cases; infinite where the errors of F are too large
   * for any statement.
   *
   * @param forms P^t F64 P, (Q, Q), in float64
   * @param dataVector D in float64, where D too was made in float32
   */
  errorFrom(forms: NdArray<'real'>, dataVector?: NdArray<'real'>): number;
}

type Factored = Pick<ReturnType<typeof factorEvidence>, 'basis' | 'factor'>;

/** Random probes: enough for the uncertainty of the trace to be known itself. */
const probeCount = 8;
/** Standard deviations of the trace that the estimate covers. */
const coverage = 4;

/**
 * Prepares the estimate. Throws NumericalFailure where F + H is not positive definite.
 *
 * @param factored F + H, where somebody has it factored
 */
export function probeEvidence(
  { curvatureMatrix, regularization, dataVector, terms }: MixedEvidence,
  { basis, factor }: Factored = factorEvidence(curvatureMatrix.data, regularization),
): EvidenceProbe {
  const n = dataVector.data.length;
  const F = curvatureMatrix.data;
  const halfSolved = (b: Float64Array) => solveFactor(factor, basis.project(b));
  const otherHalf = (b: Float64Array) => basis.sourceOf(solveFactorTransposed(factor, b)).source;
  // Every probe has z^t A z = n; the reconstruction is scaled to the same, so that no form drowns another.
  const half = halfSolved(dataVector.data);
  const energy = half.reduce((sum, value) => sum + value * value, 0);
  const unit = energy > 0 ? Math.sqrt(n / energy) : 0;
  const rest = otherHalf(half);
  const s = rest.map((value) => value * unit);

  // With few source pixels, unit vectors instead of random ones give the trace exactly.
  const exact = n <= probeCount;
  const random = signs(n);
  const probes = Array.from({ length: exact ? n : probeCount }, (_, j) =>
    otherHalf(new Float64Array(n).map((_, i) => (exact ? (i === j ? 1 : 0) : random()))),
  );
  const vectors = [s, ...probes];
  const count = vectors.length;
  const columns = new Float64Array(n * count);
  vectors.forEach((vector, j) => {
    for (let i = 0; i < n; i++) columns[i * count + j] = vector[i];
  });
  const used = formsOf(F, n, vectors);

  return {
    columns: real(columns, [n, count]),
    errorFrom(forms, float64DataVector) {
      const difference = (j: number, k: number) => used[j * count + k] - forms.data[j * count + k];
      let trace = 0;
      let squares = 0;
      let pairs = 0;
      let cross = 0;
      for (let j = 1; j < count; j++) {
        trace += difference(j, j);
        cross += difference(0, j) ** 2;
        for (let k = exact ? 1 : j + 1; k < count; k++) {
          squares += difference(j, k) ** 2;
          pairs += 1;
        }
      }
      const normSquared = exact ? squares : squares / pairs;
      const norm = Math.sqrt(normSquared);
      // Above this the expansion in dF says nothing.
      if (!(norm < 0.5)) return Number.POSITIVE_INFINITY;
      const scale = unit === 0 ? 0 : 1 / unit ** 2;
      const meanTrace = exact ? trace : trace / probeCount;
      const uncertainty = exact ? 0 : norm * Math.sqrt(2 / probeCount);
      const error = float64DataVector?.data.map((value, i) => dataVector.data[i] - value) ?? new Float64Array(n);
      const shiftOfD = rest.reduce((sum, value, i) => sum + value * error[i], 0);
      const sizeOfD = Math.hypot(...halfSolved(error));
      const first = Math.abs((difference(0, 0) * scale + meanTrace) / 2 - shiftOfD);
      const crossSquared = (exact ? cross : cross / probeCount) * scale;
      const second = ((Math.sqrt(crossSquared) + sizeOfD) ** 2 / 2 + normSquared / 4) / (1 - norm);
      const rounding = n * Number.EPSILON * (terms + energy);
      return first + (coverage * uncertainty) / 2 + coverage * second + rounding;
    },
  };
}

/** v_j^t F v_k from the lower triangle of F. */
function formsOf(F: Float64Array, n: number, vectors: readonly Float64Array[]): Float64Array {
  const count = vectors.length;
  const forms = new Float64Array(count * count);
  const product = new Float64Array(n);
  for (let k = 0; k < count; k++) {
    const v = vectors[k];
    product.fill(0);
    for (let i = 0; i < n; i++) {
      let sum = F[i * n + i] * v[i];
      for (let j = 0; j < i; j++) {
        sum += F[i * n + j] * v[j];
        product[j] += F[i * n + j] * v[i];
      }
      product[i] += sum;
    }
    for (let j = 0; j < count; j++)
      forms[j * count + k] = vectors[j].reduce((sum, value, i) => sum + value * product[i], 0);
  }
  return forms;
}

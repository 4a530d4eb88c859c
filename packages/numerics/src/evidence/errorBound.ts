import { freshMemory, type Scratch } from '../scratch.js';
import { type FactoredEvidence, roundingOfLogDet, type SolvedEvidence } from './evidenceTerms.js';
import { signs } from './signs.js';

/** A sparse mapping T by rows: -1 ends a row. */
export interface MappingRows {
  /** M. */
  readonly rowCount: number;
  /** (M, B). */
  readonly pixIndexes: Int32Array;
  /** (M, B). */
  readonly pixWeights: Float64Array;
}

/** How far W and the dirty image may be off. */
export interface KnownErrors {
  readonly rmsErrorOfW: number;
  readonly largestErrorOfW: number;
  readonly rmsErrorOfDirtyImage: number;
}

/** What an evidence was made from, besides F + H. */
export interface BoundedEvidence extends KnownErrors {
  /** D (S). */
  readonly dataVector: Float64Array;
  readonly chiSquared0: number;
  /** Where it is not known, what W and the dirty image are off by is not counted. */
  readonly mapping?: MappingRows | undefined;
  /** The weights of all visibilities: W without displacement. */
  readonly sumOfWeights: number;
}

/** Standard deviations that the bound covers. */
const coverage = 4;
/** Random images that the trace and the norm of T A^-1 T^t are estimated from. */
const probeCount = 4;
/** Up to so many source pixels both are worked out. */
const exactUpTo = 8;

/**
 * How far the log evidence may be off, by what is known of every step: a bound that hardly any error exceeds.
 *
 * With x = T s and A = F + H, errors dW of W and dd of the dirty image d change the log evidence to first order by
 *   x^t dd - x^t dW x / 2 - tr(dW T A^-1 T^t) / 2.
 * Errors of an element are taken to be independent of those at other displacements, but for a largest one at the least
 * displacement, where every pixel meets itself:
 *   |x^t dW x| <= largest |x|_2^2 + 4 sqrt(2) rms |x|_1 |x|_2,
 * since the autocorrelation of x has the norm |x|_1 |x|_2 at most; likewise for the trace with B = T A^-1 T^t, whose trace
 * and norm come from 4 images of random signs. F, summed in float64, has some roundings of the size of W for every pair
 * of pixels. To that come the roundings of chi^2 and s^t D, of the scalar terms, and of the factorization. All from the
 * one factorization that the evidence has: 4 solutions of S^2 operations, and M B.
 */
export function errorBound(
  evidence: BoundedEvidence,
  terms: SolvedEvidence,
  factored: FactoredEvidence,
  scratch: Scratch = freshMemory,
): number {
  const { dataVector, chiSquared0, mapping, sumOfWeights, largestErrorOfW, rmsErrorOfDirtyImage } = evidence;
  const rmsErrorOfW = evidence.rmsErrorOfW + 4 * Number.EPSILON * sumOfWeights;
  let image = 0;
  let matrix = 0;
  if (mapping !== undefined) {
    const x = imageOf(mapping, terms.reconstruction, scratch.f64(mapping.rowCount));
    const [one, two] = [norm1(x), Math.sqrt(dot(x, x))];
    const { trace, norm } = spreadOfSource(factored, mapping, scratch);
    image = coverage * rmsErrorOfDirtyImage * two;
    matrix =
      largestErrorOfW * (two * two + trace) +
      coverage * rmsErrorOfW * (Math.SQRT2 * one * two + Math.sqrt(2 * mapping.rowCount) * norm);
  }
  const { noiseNormalization, logDetRegularizationMatrix, logDetCurvatureRegMatrix } = terms;
  const scalars =
    Math.abs(chiSquared0) +
    Math.abs(noiseNormalization) +
    Math.abs(logDetRegularizationMatrix) +
    Math.abs(logDetCurvatureRegMatrix);
  const sums = productsOf(terms.reconstruction, dataVector, factored.curvatureDiagonal);
  const rounding = roundingOfLogDet(factored) + Number.EPSILON * (sums + 2 * scalars);
  return (matrix + rounding) / 2 + image;
}

/**
 * What cancels in chi^2: sum |s_i D_i|, four roundings of twice of it, and sum |s_i F_ij s_j|, of which
 * (sum |s_i| sqrt(F_ii))^2 is several times more, since F has no negative eigenvalue.
 */
function productsOf(s: Float64Array, dataVector: Float64Array, curvatureDiagonal: Float64Array): number {
  let fit = 0;
  let root = 0;
  for (let i = 0; i < s.length; i++) {
    fit += Math.abs(s[i] * dataVector[i]);
    root += Math.abs(s[i]) * Math.sqrt(Math.max(0, curvatureDiagonal[i]));
  }
  return 8 * fit + root * root;
}

/** Trace, hardly ever more, and Frobenius norm of T A^-1 T^t. */
function spreadOfSource(factored: FactoredEvidence, mapping: MappingRows, scratch: Scratch) {
  const order = factored.factorDiagonal.length;
  return order <= exactUpTo ? exactSpread(factored, mapping, order) : probedSpread(factored, mapping, order, scratch);
}

/** With X = A^-1 T^t T: tr X and the root of tr X^2. */
function exactSpread(factored: FactoredEvidence, mapping: MappingRows, order: number) {
  const image = new Float64Array(mapping.rowCount);
  const columns = Array.from({ length: order }, (_, j) => {
    const unit = new Float64Array(order);
    unit[j] = 1;
    imageOf(mapping, unit, image);
    return spread(factored, addMapped(mapping, image, unit.fill(0)), unit);
  });
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < order; i++) {
    trace += columns[i][i];
    for (let j = 0; j < order; j++) squares += columns[i][j] * columns[j][i];
  }
  return { trace, norm: Math.sqrt(Math.max(0, squares)) };
}

/**
 * With images r of random signs and b = T A^-1 T^t r: the means of r^t b and of b^t b. Two standard deviations, sqrt(2) norm
 * for one image, are added to the trace.
 */
function probedSpread(factored: FactoredEvidence, mapping: MappingRows, order: number, scratch: Scratch) {
  const random = signs(order);
  const probe = scratch.f64(mapping.rowCount);
  const image = scratch.f64(mapping.rowCount);
  const [source, solved] = [scratch.f64(order), scratch.f64(order)];
  let trace = 0;
  let squares = 0;
  for (let n = 0; n < probeCount; n++) {
    for (let i = 0; i < probe.length; i++) probe[i] = random();
    imageOf(mapping, spread(factored, addMapped(mapping, probe, source.fill(0)), solved), image);
    trace += dot(probe, image) / probeCount;
    squares += dot(image, image) / probeCount;
  }
  const norm = Math.sqrt(squares);
  return { trace: trace + 2 * norm * Math.sqrt(2 / probeCount), norm };
}

/** (F + H)^-1 b, written to `out`. */
function spread({ basis, solve }: FactoredEvidence, b: Float64Array, out: Float64Array): Float64Array {
  return basis.sourceIn(solve(basis.project(b, out), out));
}

/** T s, written to `out` (M). */
function imageOf({ rowCount, pixIndexes, pixWeights }: MappingRows, s: Float64Array, out: Float64Array): Float64Array {
  const width = rowCount === 0 ? 0 : pixIndexes.length / rowCount;
  for (let row = 0; row < rowCount; row++) {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width && pixIndexes[at] >= 0; at++) {
      sum += pixWeights[at] * s[pixIndexes[at]];
    }
    out[row] = sum;
  }
  return out;
}

/** out + T^t x, written to `out` (S). */
export function addMapped(
  { rowCount, pixIndexes, pixWeights }: MappingRows,
  x: Float64Array,
  out: Float64Array,
): Float64Array {
  const width = rowCount === 0 ? 0 : pixIndexes.length / rowCount;
  for (let row = 0; row < rowCount; row++) {
    for (let at = row * width; at < (row + 1) * width && pixIndexes[at] >= 0; at++) {
      out[pixIndexes[at]] += pixWeights[at] * x[row];
    }
  }
  return out;
}

function norm1(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.abs(x[i]);
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

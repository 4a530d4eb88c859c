import { type NdArray, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { evidenceTerms, type factorEvidence, roundingOfLogDet, solveFactorTransposed } from '@wtilde/numerics';
import type { Mapper } from '../mapper/mapper.js';
import type { ElementAccuracy, PreparedAccuracy } from './accuracy.js';
import type { EvidenceTerms } from './evidence.js';
import { mappedImage } from './mappedImage.js';

/** What the bound of an evidence is made from. */
export interface BoundedEvidence {
  /** F + H, factored. */
  readonly factored: ReturnType<typeof factorEvidence>;
  /** F (S, S), symmetric. */
  readonly curvatureMatrix: NdArray<'real'>;
  /** D (S). */
  readonly dataVector: NdArray<'real'>;
  readonly mapper: Mapper;
  /** s (S). */
  readonly reconstruction: NdArray<'real'>;
  /** Sum over the visibilities of their weights: W without displacement. */
  readonly weight: number;
  readonly accuracy: PreparedAccuracy;
  /** The parts of the evidence that do not come from F and D, and the evidence itself. */
  readonly terms: EvidenceTerms;
  readonly logEvidence: number;
}

/** Standard deviations that the bound covers. */
const coverage = 4;
/** Random vectors that the trace and the norm of T (F + H)^-1 T^t are estimated from. */
const probeCount = 8;

/**
 * How far the log evidence may be off, by what is known of every step: a bound that hardly any error exceeds.
 *
 * With x = T s, errors dW of W and dd of the dirty image d change the log evidence to first order by
 *   x^t dd - x^t dW x / 2 - tr(dW T (F + H)^-1 T^t) / 2.
 * Errors of an element are taken to be independent of those at other displacements, but for a largest one at the least
 * displacement, where every pixel meets itself:
 *   |x^t dW x| <= largest |x|_2^2 + 4 sqrt(2) rms |x|_1 |x|_2,
 * since the autocorrelation of x has the norm |x|_1 |x|_2 at most; likewise for the trace with B = T (F + H)^-1 T^t, whose
 * trace and norm come from 8 random vectors. To that come the rounding of the sums in F, in chi^2 and s^t D, of the
 * scalar terms, and of the factorization; and how far the evidence is from the same made once more, here, from the mesh
 * instead of H as a matrix. O(S^2 + M B); the factorization is not counted.
 */
export function errorBoundOf(evidence: BoundedEvidence): number {
  const { factored, curvatureMatrix, dataVector, mapper, reconstruction, weight, accuracy, terms, logEvidence } =
    evidence;
  const s = reconstruction.data;
  const x = mappedImage(mapper, reconstruction).data;
  const spread = norms(x);

  // F is summed from W in float64: some roundings of the size of W for every pair of pixels.
  const ofW: ElementAccuracy = {
    ...accuracy.wCompact,
    rms: accuracy.wCompact.rms + 4 * Number.EPSILON * weight,
  };
  const quadratic = ofW.largest * spread.two ** 2 + coverage * Math.SQRT2 * ofW.rms * spread.one * spread.two;
  const linear = coverage * accuracy.dirtyImage.rms * spread.two;

  const { trace, norm } = spreadOfSource(factored, mapper);
  const determinant =
    ofW.largest * trace + coverage * ofW.rms * Math.sqrt(2 * mapper.pixIndexesForSubSlimIndex.shape[0]) * norm;

  const sums = products(curvatureMatrix, dataVector, s);
  const { chiSquared0, noiseNormalization, logDetRegularizationMatrix, logDetCurvatureRegMatrix } = terms;
  const scalars = [chiSquared0, noiseNormalization, logDetRegularizationMatrix, logDetCurvatureRegMatrix];
  const rounding =
    roundingOfLogDet(factored) + Number.EPSILON * scalars.reduce((sum, term) => sum + 2 * Math.abs(term), 4 * sums);
  const again = evidenceTerms({ ...terms, dataVector: dataVector.data }, factored).logEvidence;
  return (quadratic + determinant + rounding) / 2 + linear + Math.abs(again - logEvidence);
}

/** Trace and Frobenius norm of T (F + H)^-1 T^t. */
function spreadOfSource({ basis, factor }: BoundedEvidence['factored'], mapper: Mapper) {
  const random = createRandom('probes of the source');
  const images = Array.from({ length: probeCount }, () => {
    const signs = new Float64Array(factor.order).map(() => (random.uniform() < 0.5 ? -1 : 1));
    const { source } = basis.sourceOf(solveFactorTransposed(factor, signs));
    return mappedImage(mapper, real(source)).data;
  });
  let trace = 0;
  let squares = 0;
  images.forEach((image, j) => {
    trace += dot(image, image) / probeCount;
    for (const other of images.slice(j + 1)) squares += dot(image, other) ** 2;
  });
  return { trace, norm: Math.sqrt(squares / ((probeCount * (probeCount - 1)) / 2)) };
}

/** 2 sum |s_i D_i| + sum |s_i F_ij s_j|: what cancels in chi^2. */
function products(curvatureMatrix: NdArray<'real'>, dataVector: NdArray<'real'>, s: Float64Array): number {
  const order = s.length;
  let sum = 0;
  for (let i = 0; i < order; i++) {
    let row = 2 * Math.abs(dataVector.data[i]);
    for (let j = 0; j < order; j++) row += Math.abs(curvatureMatrix.data[i * order + j] * s[j]);
    sum += Math.abs(s[i]) * row;
  }
  return sum;
}

function norms(x: Float64Array): { readonly one: number; readonly two: number } {
  return { one: x.reduce((sum, value) => sum + Math.abs(value), 0), two: Math.sqrt(dot(x, x)) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

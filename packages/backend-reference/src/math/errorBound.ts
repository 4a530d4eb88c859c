import type { Entry } from './sparseMapping.js';

/** How far W and the dirty image may be off. */
export interface KnownErrors {
  readonly rmsErrorOfW: number;
  readonly largestErrorOfW: number;
  readonly rmsErrorOfDirtyImage: number;
}

interface Bounded extends KnownErrors {
  readonly dataVector: Float64Array;
  readonly reconstruction: Float64Array;
  readonly curvatureDiagonal: Float64Array;
  readonly mapping?: { readonly rows: number; readonly entries: readonly Entry[] } | undefined;
  readonly sumOfWeights: number;
  /** The terms of the evidence that are sums themselves. */
  readonly scalars: readonly number[];
  readonly roundingOfLogDet: number;
  /** (F + H)^-1 b */
  inverseTimes(b: Float64Array): Float64Array;
}

/** Standard deviations that the bound covers. */
const sigmas = 4;

/**
 * How far the log evidence may be off. Errors dW and dd of W and of the dirty image change it by
 *   x^t dd - x^t dW x / 2 - tr(dW B) / 2,   x = T s,   B = T (F + H)^-1 T^t;
 * taken as 4 standard deviations of independent errors at every displacement, and the largest error at the least one.
 */
export function boundOf(evidence: Bounded): number {
  const { reconstruction: s, dataVector: D, curvatureDiagonal: diagonal, mapping, scalars } = evidence;
  const rms = evidence.rmsErrorOfW + 4 * Number.EPSILON * evidence.sumOfWeights;

  let bound = 0;
  if (mapping !== undefined) {
    const x = imageOf(mapping, s);
    const one = x.reduce((sum, value) => sum + Math.abs(value), 0);
    const two = Math.sqrt(x.reduce((sum, value) => sum + value ** 2, 0));
    const { trace, norm } = s.length <= 8 ? spread(evidence, mapping) : probedSpread(evidence, mapping);
    const curvature = evidence.largestErrorOfW * two ** 2 + sigmas * Math.SQRT2 * rms * one * two;
    const determinant = evidence.largestErrorOfW * trace + sigmas * rms * Math.sqrt(2 * mapping.rows) * norm;
    bound += (curvature + determinant) / 2 + sigmas * evidence.rmsErrorOfDirtyImage * two;
  }

  // Rounding: |F_ij| is at most the root of F_ii F_jj.
  const fit = s.reduce((sum, value, i) => sum + Math.abs(value * D[i]), 0);
  const root = s.reduce((sum, value, i) => sum + Math.abs(value) * Math.sqrt(Math.max(0, diagonal[i])), 0);
  const terms = scalars.reduce((sum, value) => sum + Math.abs(value), 0);
  const sums = Number.EPSILON * (8 * fit + root ** 2 + 2 * terms);
  return bound + (evidence.roundingOfLogDet + sums) / 2;
}

type Mapping = NonNullable<Bounded['mapping']>;

/** Trace and norm of B from X = (F + H)^-1 T^t T: tr B = tr X, |B|^2 = tr X^2. */
function spread({ reconstruction: s, inverseTimes }: Bounded, mapping: Mapping) {
  const X = Array.from(s, (_, j) => {
    const unit = s.map((_value, i) => (i === j ? 1 : 0));
    return inverseTimes(transposed(mapping, imageOf(mapping, unit), s.length));
  });
  const trace = X.reduce((sum, column, j) => sum + column[j], 0);
  const square = X.reduce((sum, column, j) => sum + column.reduce((part, value, i) => part + value * X[i][j], 0), 0);
  return { trace, norm: Math.sqrt(Math.max(0, square)) };
}

/** The same for many source pixels: means of r^t B r, and twice its deviation more, and |B r|^2 over four images r of signs. */
function probedSpread({ reconstruction: s, inverseTimes }: Bounded, mapping: Mapping) {
  const sign = signs(s.length);
  let trace = 0;
  let square = 0;
  for (let n = 0; n < 4; n++) {
    const probe = new Float64Array(mapping.rows).map(() => sign());
    const image = imageOf(mapping, inverseTimes(transposed(mapping, probe, s.length)));
    image.forEach((value, i) => {
      trace += (probe[i] * value) / 4;
      square += value ** 2 / 4;
    });
  }
  const norm = Math.sqrt(square);
  return { trace: trace + 2 * norm * Math.SQRT1_2, norm };
}

/** Signs as everybody makes them: the top bit of a counter by the golden ratio, mixed twice. */
function signs(seed: number): () => number {
  let counter = BigInt(seed);
  const low = (value: bigint) => value & 0xffffffffn;
  return () => {
    counter = low(counter + 0x9e3779b9n);
    const once = low((counter ^ (counter >> 16n)) * 0x21f0aaadn);
    const twice = low((once ^ (once >> 15n)) * 0x735a2d97n);
    return (twice ^ (twice >> 15n)) >> 31n === 1n ? -1 : 1;
  };
}

/** T s */
function imageOf({ rows, entries }: Mapping, s: Float64Array): Float64Array {
  const image = new Float64Array(rows);
  for (const { row, column, weight } of entries) image[row] += weight * s[column];
  return image;
}

/** T^t x */
function transposed({ entries }: Mapping, x: Float64Array, size: number): Float64Array {
  const source = new Float64Array(size);
  for (const { row, column, weight } of entries) source[column] += weight * x[row];
  return source;
}

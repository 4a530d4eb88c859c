/**
 * How far the derivatives of an evidence are off where F, or W T (F + H)^-1 on the entries of T, was made in float32.
 *
 * With A = F + H of the F that was used, dF its error, X = A^-1 and s what was found, to first order
 *
 *   s64 - s = u = A^-1 (D - F64 s - H s),        X - X64 = -X dF X = -E[(X dF z) z^t],
 *
 * with the probes z of `probeEvidence`, for which E[z z^t] = X and dF z = F z - T^t (W T z): a few images W T v in float64
 * give all of it. The error of s is known, that of X as a mean over probes; what the float32 product lost beside is seen on
 * some of its columns, W T (X e_j). So every probe gives one sample of what is left of the error of all derivatives, and
 * whatever is linear in the derivatives, such as those by the parameters of a lens, is off by the mean of its values on the
 * samples, give or take their scatter. Nothing is assumed about how errors are distributed or correlated.
 */
import { type NdArray, real } from '@wtilde/core-types';
import { addMapped } from './errorBound.js';
import { type Derivatives, difference, graphTimes, onGraph, onMapping } from './evidenceDerivatives.js';
import type { FactoredEvidence } from './evidenceTerms.js';
import { signs } from './signs.js';
import type { WeightedGraph } from './weightedGraph.js';

/** What was found, and what from. */
export interface MixedDerivatives {
  /** F (S, S) as it was used; the lower triangle counts. */
  readonly curvatureMatrix: Float64Array;
  readonly factored: Pick<FactoredEvidence, 'basis' | 'solve'>;
  /** The probes of `probeEvidence` (S, Q), the first of which is the reconstruction to a scale. */
  readonly probes: NdArray<'real'>;
  readonly graph: WeightedGraph;
  /** T. */
  readonly pixIndexes: NdArray<'index'>;
  readonly pixWeights: NdArray<'real'>;
  readonly dirtyImage: Float64Array;
  readonly reconstruction: Float64Array;
  /** (M, B) d logEvidence and d logdet(F+H) as they were found. */
  readonly logEvidenceByMapping: Float64Array;
  readonly logDetByMapping: Float64Array;
}

/** The error of the derivatives of a log evidence: found less true. */
export interface DerivativeErrors {
  /** What is known of it, mostly that of the source: to be taken off what was found. */
  readonly known: Derivatives;
  /** What is not: of each probe a sample, whose mean it is. */
  readonly samples: readonly Derivatives[];
  /**
   * The error of a number that is linear in the derivatives once the known part is taken off, within which it stays in about
   * 99 of 100 cases; infinite where the errors of F are too large for any statement.
   *
   * @param known the number with the known part of the error in the place of the derivatives
   * @param samples with each sample
   */
  errorLeft(known: number, samples: readonly number[]): number;
}

export interface DerivativesProbe {
  /** V (S, Q): the vectors whose images W T V are wanted in float64, the probes first. */
  readonly columns: NdArray<'real'>;
  /** @param images W T V (M, Q) */
  after(images: NdArray<'real'>): {
    /** u (S, 1), whose image is wanted as well. */
    readonly column: NdArray<'real'>;
    /** @param image W T u (M, 1) */
    errors(image: NdArray<'real'>): DerivativeErrors;
  };
}

/** Columns of W T X that are looked at; all where there are no more. */
const columnCount = 32;
/** Standard deviations of a mean that the estimate covers. */
const coverage = 4;

export function probeDerivatives(mixed: MixedDerivatives): DerivativesProbe {
  const { factored, probes, graph, pixIndexes, dirtyImage, reconstruction: s } = mixed;
  const { order } = graph;
  const mapping = { rowCount: dirtyImage.length, pixIndexes: pixIndexes.data, pixWeights: mixed.pixWeights.data };
  const onEntries = (value: (i: number, j: number, at: number) => number) =>
    onMapping({ pixIndexes: pixIndexes.data, residual: dirtyImage }, value);
  const transposed = (image: Float64Array) => addMapped(mapping, image, new Float64Array(order));
  const [, probeColumns] = probes.shape;
  const count = probeColumns - 1;
  /** With as many probes as unknowns they are no sample: X is their sum. */
  const exact = order <= count;
  const solved = (b: Float64Array) => factored.basis.sourceOf(factored.solve(factored.basis.project(b.slice()))).source;
  const z = Array.from({ length: count }, (_, k) => columnOf(probes, 1 + k));
  const looked = someOf(order, columnCount);
  const unit = (j: number) => new Float64Array(order).fill(1, j, j + 1);
  const given = Array.from({ length: probeColumns }, (_, at) => columnOf(probes, at));
  const vectors = [...given, s, ...looked.map((j) => solved(unit(j)))];

  return {
    columns: matrixOf(vectors, order),
    after(images) {
      const imageOf = (at: number) => columnOf(images, at);
      const fit = imageOf(probeColumns);
      const errorOfProduct = columnErrors(looked, (n) => imageOf(probeColumns + 1 + n));
      const forced = transposed(dirtyImage.map((d, i) => d - fit[i]));
      const pull = graphTimes(graph, s);
      const u = solved(forced.map((value, i) => value - pull[i]));
      /** dF z, and X times it. */
      const off = z.map((each, k) => {
        const exactly = transposed(imageOf(1 + k));
        return symmetricTimes(mixed.curvatureMatrix, order, each).map((value, i) => value - exactly[i]);
      });
      const moved = off.map(solved);
      const norm = normOf(z, off, exact);
      return {
        column: matrixOf([u], order),
        errors(image) {
          const better = s.map((value, i) => value + u[i]);
          const residual = dirtyImage.map((d, i) => d - fit[i] - image.data[i]);
          const known: Derivatives = {
            // s_j r_i as it was used is the found derivative and what was taken from it.
            byMapping: onEntries(
              (i, j, at) => mixed.logEvidenceByMapping[at] + mixed.logDetByMapping[at] / 2 - better[j] * residual[i],
            ),
            ...onGraph(graph, (i, j) => (difference(better, i, j) ** 2 - difference(s, i, j) ** 2) / 2),
          };
          if (looked.length === order)
            subtract(
              known.byMapping,
              errorOfProduct(() => true, 1),
            );
          const groups = looked.length === order ? 0 : count;
          const samples = z.map((each, k) => {
            const probed = imageOf(1 + k);
            const byMapping = onEntries((i, j) => probed[i] * moved[k][j]);
            if (groups > 0) {
              const ofGroup = looked.filter((_, n) => n % groups === k).length;
              subtract(
                byMapping,
                errorOfProduct((n) => n % groups === k, order / ofGroup),
              );
            }
            return {
              byMapping,
              ...onGraph(graph, (i, j) => (difference(moved[k], i, j) * difference(each, i, j)) / 2),
            };
          });
          return { known, samples, errorLeft: (part, of) => errorLeft(part, of, norm, exact) };
        },
      };
    },
  };

  /** What the product lost on the entries of some of its columns. */
  function columnErrors(columns: readonly number[], exactly: (n: number) => Float64Array) {
    const found = mixed.logDetByMapping;
    return (taken: (n: number) => boolean, scale: number): Float64Array => {
      const images = new Map<number, Float64Array>();
      columns.forEach((j, n) => {
        if (taken(n)) images.set(j, exactly(n));
      });
      return onEntries((i, j, at) => {
        const image = images.get(j);
        return image === undefined ? 0 : scale * (found[at] / 2 - image[i]);
      });
    };
  }
}

function errorLeft(known: number, samples: readonly number[], norm: number, exact: boolean): number {
  // Above this the expansion in dF says nothing.
  if (!(norm < 0.5)) return Number.POSITIVE_INFINITY;
  const count = samples.length;
  const sum = samples.reduce((total, value) => total + value, 0);
  const mean = exact || count === 0 ? sum : sum / count;
  const squares = samples.reduce((total, value) => total + (exact ? value : value - mean) ** 2, 0);
  const scatter = Math.sqrt(exact ? squares : squares / Math.max(1, count - 1));
  const uncertainty = exact ? 0 : scatter / Math.sqrt(count);
  return (Math.abs(mean) + coverage * (uncertainty + norm * (Math.abs(known) + scatter))) / (1 - norm);
}

/** |L^-1 dF L^-t| in the Frobenius norm, from z_j^t dF z_k. */
function normOf(z: readonly Float64Array[], off: readonly Float64Array[], exact: boolean): number {
  let squares = 0;
  let pairs = 0;
  for (let j = 0; j < z.length; j++) {
    for (let k = exact ? 0 : j + 1; k < z.length; k++) {
      squares += z[j].reduce((sum, value, i) => sum + value * off[k][i], 0) ** 2;
      pairs += 1;
    }
  }
  return Math.sqrt(exact ? squares : squares / Math.max(1, pairs));
}

/** Some of the numbers below `order`, in no order, the same in every run. */
function someOf(order: number, most: number): readonly number[] {
  const all = Array.from({ length: order }, (_, j) => j);
  if (order <= most) return all;
  const sign = signs(order);
  const bits = Math.ceil(Math.log2(order)) + 8;
  for (let n = 0; n < most; n++) {
    let random = 0;
    for (let bit = 0; bit < bits; bit++) random = 2 * random + (sign() > 0 ? 1 : 0);
    const other = n + (random % (order - n));
    [all[n], all[other]] = [all[other], all[n]];
  }
  return all.slice(0, most);
}

function columnOf({ data, shape: [rows, columns] }: NdArray<'real'>, at: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => data[i * columns + at]);
}

function matrixOf(vectors: readonly Float64Array[], rows: number): NdArray<'real'> {
  const data = new Float64Array(rows * vectors.length);
  vectors.forEach((vector, j) => {
    for (let i = 0; i < rows; i++) data[i * vectors.length + j] = vector[i];
  });
  return real(data, [rows, vectors.length]);
}

function subtract(from: Float64Array, values: Float64Array): void {
  for (let at = 0; at < from.length; at++) from[at] -= values[at];
}

/** F v of which the lower triangle is read. */
function symmetricTimes(F: Float64Array, order: number, v: Float64Array): Float64Array {
  const product = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let sum = F[i * order + i] * v[i];
    for (let j = 0; j < i; j++) {
      sum += F[i * order + j] * v[j];
      product[j] += F[i * order + j] * v[i];
    }
    product[i] += sum;
  }
  return product;
}

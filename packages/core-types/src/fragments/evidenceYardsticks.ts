/** The yardstick of an evidence as a record: the linear system that its source solves, and the sum of its terms. */
import { type NdArray, real } from '../arrays.js';
import type { Yardsticks } from '../numericClasses.js';

interface EvidenceArgs {
  readonly dirtyImage: NdArray<'real'>;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  readonly pixels: number;
}

interface Graph {
  readonly neighbors: NdArray<'index'>;
  readonly neighborsSizes: NdArray<'index'>;
  readonly weights: NdArray<'real'>;
  readonly diagonal: NdArray<'real'>;
}

/** W between two image pixels. */
export type ElementOfW = (i: number, j: number) => number;

/** (F + H) s = D from its definition, and the absolute terms that are known beforehand. For tests: O((M B)^2). */
export function evidenceYardsticks(args: EvidenceArgs, w: ElementOfW, H: Float64Array, logDetH = 0): Yardsticks {
  const { pixels, dirtyImage, chiSquared0, noiseNormalization } = args;
  const indexes = args.pixIndexesForSubSlimIndex;
  const weights = args.pixWeightsForSubSlimIndex.data;
  const [rows, width] = indexes.shape;
  const matrix = Float64Array.from(H);
  const vector = new Float64Array(pixels);
  const entries: { readonly row: number; readonly column: number; readonly weight: number }[] = [];
  for (let row = 0; row < rows; row++) {
    for (let at = row * width; at < (row + 1) * width && indexes.data[at] >= 0; at++) {
      entries.push({ row, column: indexes.data[at], weight: weights[at] });
    }
  }
  for (const { row: i, column: s, weight } of entries) {
    vector[s] += weight * dirtyImage.data[i];
    for (const { row: j, column: t, weight: other } of entries) matrix[s * pixels + t] += weight * w(i, j) * other;
  }
  return {
    system: { matrix: real(matrix, [pixels, pixels]), vector: real(vector) },
    terms: Math.abs(chiSquared0) + Math.abs(noiseNormalization) + Math.abs(logDetH),
  };
}

/** H (S, S) of a weighted graph. */
export function matrixOfGraph({ neighbors, neighborsSizes, weights, diagonal }: Graph): Float64Array {
  const [size, slots] = neighbors.shape;
  const h = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    h[i * size + i] += diagonal.data[i];
    for (let at = i * slots; at < i * slots + neighborsSizes.data[i]; at++) {
      h[i * size + i] += weights.data[at];
      h[i * size + neighbors.data[at]] -= weights.data[at];
    }
  }
  return h;
}

/** A matrix whose lower triangle counts, whole. */
export function lowerMirrored(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return matrix[Math.max(i, j) * size + Math.min(i, j)];
  });
}

/** W looked up in its compact table. */
export function elementOfCompact({ shape: [N], data }: NdArray<'real'>, native: NdArray<'index'>): ElementOfW {
  return (i, j) => {
    const down = native.data[2 * i] - native.data[2 * j];
    const right = native.data[2 * i + 1] - native.data[2 * j + 1];
    return data[Math.abs(down) * (2 * N - 1) + (down < 0 ? -right : right) + N - 1];
  };
}

/** W looked up in its preload table. */
export function elementOfPreload(
  { shape: [rows, columns], data }: NdArray<'real'>,
  native: NdArray<'index'>,
): ElementOfW {
  const wrapped = (displacement: number, extent: number) => (displacement + extent) % extent;
  return (i, j) => {
    const down = wrapped(native.data[2 * i] - native.data[2 * j], rows);
    return data[down * columns + wrapped(native.data[2 * i + 1] - native.data[2 * j + 1], columns)];
  };
}

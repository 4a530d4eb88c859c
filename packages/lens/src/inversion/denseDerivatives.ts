import { type DisplacementTable, type factorEvidence, inverseOf } from '@wtilde/numerics';
import type { LostOfW } from '../gains/lostOfW.js';

/** An evidence that has been worked out, and what it was made from beside H. */
export interface DenseEvidence {
  /** F + H, factored. */
  readonly factored: ReturnType<typeof factorEvidence>;
  /** W by displacement. */
  readonly table: DisplacementTable;
  /** (M, 2) row and column of the image pixels. */
  readonly nativeIndex: Int32Array;
  /** (M, B) the mapping; -1 pads. */
  readonly pixIndexes: Int32Array;
  readonly pixWeights: Float64Array;
  /** (M) */
  readonly dirtyImage: Float64Array;
  /** s (S). */
  readonly reconstruction: Float64Array;
  /** What W loses where gains are averaged over. */
  readonly lost?: LostOfW | undefined;
}

/** The derivatives of a log evidence whose H is a dense matrix. */
export interface DenseDerivatives {
  /** (M, B) by the listed weights of the mapping; 0 where -1 pads. */
  readonly byMapping: Float64Array;
  /** (S, S) by the elements of H, but for log det H, of which half enters. */
  readonly byMatrix: Float64Array;
}

/**
 * With A = F + H: by the listed entries of T it is s_j (d - W T s)_i - (W T A^-1)_ij, and by H it is
 * -1/2 (s s^t + A^-1), to which 1/2 dlog det H comes.
 *
 * Cost: M^2 B + M B S + S^3 operations; memory: (M, S) and (S, S).
 */
export function denseDerivatives(evidence: DenseEvidence): DenseDerivatives {
  const { factored, pixIndexes, pixWeights, dirtyImage, reconstruction: s, lost } = evidence;
  const inverse = inverseOf(factored);
  const [rows, order] = [dirtyImage.length, s.length];
  const slots = pixIndexes.length / rows;
  const forEachEntry = (row: number, visit: (entry: number, pixel: number) => void) => {
    for (let e = row * slots; e < (row + 1) * slots && pixIndexes[e] >= 0; e++) visit(e, pixIndexes[e]);
  };
  // T A^-1 and T s, row by row.
  const spread = new Float64Array(rows * order);
  const image = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    const row = spread.subarray(k * order, (k + 1) * order);
    forEachEntry(k, (e, pixel) => {
      image[k] += pixWeights[e] * s[pixel];
      for (let j = 0; j < order; j++) row[j] += pixWeights[e] * inverse[pixel * order + j];
    });
  }
  const byMapping = new Float64Array(pixIndexes.length);
  const weight = weightsOf(evidence);
  for (let i = 0; i < rows; i++) {
    let fit = 0;
    const covariance = byMapping.subarray(i * slots, (i + 1) * slots);
    for (let k = 0; k < rows; k++) {
      const w = weight(i, k);
      fit += w * image[k];
      forEachEntry(i, (e, pixel) => {
        covariance[e - i * slots] += w * spread[k * order + pixel];
      });
    }
    forEachEntry(i, (e, pixel) => {
      byMapping[e] = s[pixel] * (dirtyImage[i] - fit) - byMapping[e];
    });
  }
  if (lost !== undefined) {
    const [image, covariance] = [lost.image(s), lost.byMatrix(inverse)];
    for (let i = 0; i < rows; i++) {
      forEachEntry(i, (e, pixel) => {
        byMapping[e] += s[pixel] * image[i] + covariance[e];
      });
    }
  }
  const byMatrix = inverse.map((each, at) => -(each + s[Math.floor(at / order)] * s[at % order]) / 2);
  return { byMapping, byMatrix };
}

/** The element of W for two image pixels. */
function weightsOf({ table: { columns, values }, nativeIndex }: DenseEvidence) {
  const width = 2 * columns - 1;
  return (i: number, k: number) => {
    const down = nativeIndex[2 * i] - nativeIndex[2 * k];
    const right = nativeIndex[2 * i + 1] - nativeIndex[2 * k + 1];
    return down >= 0 ? values[down * width + right + columns - 1] : values[-down * width - right + columns - 1];
  };
}

/** The derivatives of an evidence where gains have been averaged over. */
import { type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { EvidenceDerivativesFrom } from '../inversion/evidenceAndGradient.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { columnsOf, curvatureMatrixOf, type MappingArgs } from './curvature.js';
import { dataVectorOf } from './gainEvidence.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** What W loses, times what an evidence needs it for, on the listed entries of T (M, B); 0 where -1 pads. */
export interface LostOfW {
  /** (U U^t T X)_ij of a matrix X (S, S). */
  byMatrix(X: Float64Array): Float64Array;
  /** U U^t T s (M). */
  image(s: Float64Array): Float64Array;
}

/**
 * U U^t T X = U (X T^t U)^t on the entries of T. Cost: S^2 Q, and Q for every entry.
 *
 * @param columns T^t U (S, Q)
 */
export function lostOfW(
  { columns: U }: MarginalisedGains,
  columns: Float64Array,
  { pixels, pixIndexesForSubSlimIndex: { data: indexes, shape } }: Omit<MappingArgs, 'pixWeightsForSubSlimIndex'>,
): LostOfW {
  const [rows, total] = U.shape;
  const slots = shape[1];
  return {
    byMatrix(X) {
      const products = new Float64Array(pixels * total);
      for (let i = 0; i < pixels; i++) {
        const out = products.subarray(i * total, (i + 1) * total);
        for (let k = 0; k < pixels; k++) {
          const x = X[i * pixels + k];
          const from = k * total;
          for (let q = 0; q < total; q++) out[q] += x * columns[from + q];
        }
      }
      return onEntries(products);
    },
    image(s) {
      const sums = new Float64Array(total);
      for (let i = 0; i < pixels; i++) for (let q = 0; q < total; q++) sums[q] += s[i] * columns[i * total + q];
      return Float64Array.from({ length: rows }, (_, i) => {
        let sum = 0;
        for (let q = 0; q < total; q++) sum += U.data[i * total + q] * sums[q];
        return sum;
      });
    },
  };

  function onEntries(products: Float64Array): Float64Array {
    const out = new Float64Array(indexes.length);
    for (let i = 0; i < rows; i++) {
      for (let at = i * slots; at < (i + 1) * slots && indexes[at] >= 0; at++) {
        const to = indexes[at] * total;
        for (let q = 0; q < total; q++) out[at] += U.data[i * total + q] * products[to + q];
      }
    }
    return out;
  }
}

/** Along the route of the whole, F and the derivatives by the mapping without what W loses. */
export function bindGainDerivatives(
  dispatcher: Dispatcher,
  prepared: PreparedDataset,
  gains: MarginalisedGains,
): EvidenceDerivativesFrom {
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = prepared.sums;
  const middle = dispatcher.evidenceDerivativesByGraphFrom.bind({ chiSquared0, noiseNormalization });
  return {
    async record(args, how) {
      const started = performance.now();
      const { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex, ...graph } = args;
      const mapping = { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
      const curvatureMatrix = await curvatureMatrixOf(dispatcher, prepared, mapping, how);
      const dataVector = await dataVectorOf(dispatcher, dirtyImage, mapping, how);
      const { result: byGraph, record } = await middle.record({ curvatureMatrix, dataVector, ...graph }, how);
      const { response, curvatureRegMatrixInverse, ...evidence } = byGraph;
      const { reconstruction } = evidence;
      const whole = await dispatcher.evidenceDerivativesByMappingViaWCompactFrom(
        { wCompact, nativeIndexForSlimIndex, dirtyImage, ...mapping, reconstruction, response, curvatureRegMatrixInverse },
        how,
      );
      const lost = lostOfW(gains, columnsOf(gains.columns, mapping).data, mapping);
      const inverse = lost.byMatrix(curvatureRegMatrixInverse.data);
      const [s, q] = [reconstruction.data, response.data];
      const [imageOfS, imageOfQ] = [lost.image(s), lost.image(q)];
      const corrected = (of: NdArray<'real'>, change: (at: number, row: number, pixel: number) => number) =>
        real(
          of.data.map((value, at) => {
            const pixel = pixIndexesForSubSlimIndex.data[at];
            return pixel < 0 ? value : value + change(at, Math.floor(at / of.shape[1]), pixel);
          }),
          of.shape,
        );
      return {
        result: {
          ...evidence,
          logEvidenceByMapping: corrected(
            whole.logEvidenceByMapping,
            (at, row, pixel) => s[pixel] * imageOfS[row] + inverse[at],
          ),
          chiSquaredByMapping: corrected(
            whole.chiSquaredByMapping,
            (_, row, pixel) => -2 * (imageOfQ[row] * s[pixel] + imageOfS[row] * (s[pixel] + q[pixel])),
          ),
          logDetCurvatureRegMatrixByMapping: corrected(
            whole.logDetCurvatureRegMatrixByMapping,
            (at) => -2 * inverse[at],
          ),
        },
        record: { ...record, ms: performance.now() - started },
      };
    },
    dispose: () => middle.dispose(),
  };
}

/** The derivatives of an evidence where gains have been averaged over. */
import { type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { EvidenceDerivativesFrom } from '../inversion/boundEvidence.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { columnsOf, curvatureMatrixOf } from './curvature.js';
import { dataVectorOf } from './gainEvidence.js';
import { lostOfW } from './lostOfW.js';
import type { MarginalisedGains } from './marginalisedGains.js';

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
        {
          wCompact,
          nativeIndexForSlimIndex,
          dirtyImage,
          ...mapping,
          reconstruction,
          response,
          curvatureRegMatrixInverse,
        },
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

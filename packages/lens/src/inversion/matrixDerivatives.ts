import { type AbortSignalLike, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { Mapper } from '../mapper/mapper.js';
import type { PreparedDataset } from './prepare.js';

/** An evidence that has been worked out, and what it was made from. */
export interface EvidenceOfMatrix {
  readonly sums: PreparedDataset['sums'];
  readonly mapper: Mapper;
  /** F (S, S). */
  readonly curvatureMatrix: Float64Array;
  /** H (S, S). */
  readonly regularizationMatrix: Float64Array;
  /** s (S). */
  readonly reconstruction: Float64Array;
}

/** The derivatives of a log evidence whose H is a dense matrix. */
export interface MatrixDerivatives {
  /** (M, B) by the listed weights of the mapping; 0 where -1 pads. */
  readonly byMapping: Float64Array;
  /** (S, S) by the elements of H, but for log det H, of which half enters. */
  readonly byMatrix: Float64Array;
}

/**
 * With A = F + H: by the listed entries of T it is s_j (d - W T s)_i - (W T A^-1)_ij, and by H it is
 * -1/2 (s s^t + A^-1), to which 1/2 dlog det H comes.
 *
 * Cost: the inverse, S^3 operations, and W T by it, by kernels; memory: (S, S).
 */
export async function matrixDerivatives(
  dispatcher: Dispatcher,
  { sums, mapper, curvatureMatrix, regularizationMatrix, reconstruction: s }: EvidenceOfMatrix,
  signal: AbortSignalLike | undefined,
): Promise<MatrixDerivatives> {
  const { wCompact, nativeIndexForSlimIndex, dirtyImage } = sums;
  const { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = mapper;
  const sum = curvatureMatrix.slice();
  for (let at = 0; at < sum.length; at++) sum[at] += regularizationMatrix[at];
  const curvatureRegMatrix = real(sum, [pixels, pixels]);
  const { inverse } = await dispatcher.inverseAndLogDetFrom({ curvatureRegMatrix }, { signal });
  const { logEvidenceByMapping } = await dispatcher.evidenceDerivativesByMappingViaWCompactFrom(
    {
      wCompact,
      nativeIndexForSlimIndex,
      dirtyImage,
      pixels,
      pixIndexesForSubSlimIndex,
      pixWeightsForSubSlimIndex,
      reconstruction: real(s),
      // What chi^2 alone would be asked for.
      response: real(new Float64Array(pixels)),
      curvatureRegMatrixInverse: inverse,
    },
    { signal },
  );
  const byMatrix = new Float64Array(pixels * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let j = 0; j < pixels; j++) {
      byMatrix[i * pixels + j] = -(inverse.data[i * pixels + j] + s[i] * s[j]) / 2;
    }
  }
  return { byMapping: logEvidenceByMapping.data, byMatrix };
}

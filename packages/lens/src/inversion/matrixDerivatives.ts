import { type AbortSignalLike, type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { columnsOf, curvatureMatrixOf } from '../gains/curvature.js';
import { lostOfW } from '../gains/lostOfW.js';
import type { Mapper } from '../mapper/mapper.js';
import { type MappingArgs, mappingOf } from '../mapper/mappingArguments.js';
import type { MatrixPrior } from '../regularization/kind.js';
import { type ModelDerivatives, together } from './modelDerivatives.js';
import type { PreparedDataset } from './prepare.js';

/** The derivatives of a log evidence whose H is a matrix, and what comes with (F + H)^-1. */
export interface MatrixDerivatives extends ModelDerivatives {
  /** (S) standard deviations of the source. */
  readonly noiseMap: NdArray<'real'>;
}

/**
 * With A = F + H: by the listed entries of T it is s_j (d - W T s)_i - (W T A^-1)_ij, and by H it is
 * -1/2 (s s^t + A^-1), to which 1/2 dlog det H comes. For a positive source s as well: see derivativesOfPositive.
 *
 * F is made again: no evidence hands it out. Cost: F, S^3 for the inverse, W T for the derivatives by the mapping, and what
 * the prior takes.
 *
 * @param s (S) the source
 * @param curvatureMatrix F (S, S), where somebody has it
 */
export async function derivativesOfMatrix(
  dispatcher: Dispatcher,
  prepared: PreparedDataset,
  mapper: Mapper,
  { matrix, pull, condition }: MatrixPrior,
  s: Float64Array,
  how: { readonly signal?: AbortSignalLike | undefined; readonly curvatureMatrix?: NdArray<'real'> | undefined },
): Promise<MatrixDerivatives> {
  const { signal } = how;
  const { wCompact, nativeIndexForSlimIndex, dirtyImage } = prepared.sums;
  const mapping = mappingOf(mapper);
  const { pixels } = mapping;
  const curvatureMatrix = how.curvatureMatrix ?? (await curvatureMatrixOf(dispatcher, prepared, mapping, { signal }));
  const regularizationMatrix = real(matrix, [pixels, pixels]);
  const curvatureRegMatrixInverse = await dispatcher.curvatureRegMatrixInverseFrom(
    { curvatureMatrix, regularizationMatrix },
    { signal },
  );
  const { logEvidenceByMapping } = await dispatcher.evidenceDerivativesByMappingViaWCompactFrom(
    {
      wCompact,
      nativeIndexForSlimIndex,
      ...mapping,
      dirtyImage,
      reconstruction: real(s),
      // Of chi^2 alone, whose own derivatives nobody asks for.
      response: real(new Float64Array(pixels)),
      curvatureRegMatrixInverse,
    },
    { signal },
  );
  const inverse = curvatureRegMatrixInverse.data;
  const byMatrix = new Float64Array(inverse.length);
  for (let i = 0; i < pixels; i++) {
    for (let j = 0, at = i * pixels; j < pixels; j++, at++) byMatrix[at] = -(inverse[at] + s[i] * s[j]) / 2;
  }
  const byMapping = withLost(prepared, mapping, logEvidenceByMapping.data, s, inverse);
  // Of T and W any: the product of three matrices is the same.
  const sandwich = { wTilde: real(byMatrix, [pixels, pixels]), mappingMatrix: regularizationMatrix };
  const around =
    condition === undefined ? undefined : (await dispatcher.curvatureMatrixViaWTildeFrom(sandwich, { signal })).data;
  const noiseMap = real(Float64Array.from({ length: pixels }, (_, i) => Math.sqrt(inverse[i * (pixels + 1)])));
  return { ...together({ byMapping }, pull(byMatrix, 1 / 2, around)), noiseMap };
}

/** Where gains are averaged over W is W - U U^t: the derivatives by the mapping without what it loses, in their place. */
function withLost(
  { gains }: PreparedDataset,
  mapping: MappingArgs,
  byMapping: Float64Array,
  s: Float64Array,
  inverse: Float64Array,
): Float64Array {
  if (gains === undefined) return byMapping;
  const lost = lostOfW(gains, columnsOf(gains.columns, mapping).data, mapping);
  const [image, covariance] = [lost.image(s), lost.byMatrix(inverse)];
  const { data: indexes, shape } = mapping.pixIndexesForSubSlimIndex;
  for (let at = 0; at < byMapping.length; at++) {
    if (indexes[at] >= 0) byMapping[at] += s[indexes[at]] * image[Math.floor(at / shape[1])] + covariance[at];
  }
  return byMapping;
}

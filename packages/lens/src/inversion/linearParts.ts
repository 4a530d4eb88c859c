/** F, D and what is made of them, for what the kernels of an evidence keep to themselves. */
import type { AbortSignalLike, KernelResult, NdArray } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import {
  curvatureOfTable,
  displacementTableFromCompact,
  evidenceRecord,
  type factorEvidence,
  mappingRowsOf,
} from '@wtilde/numerics';
import { columnsOf, curvatureMatrixOf, dataVectorOf } from '../gains/curvature.js';
import { lostOfW } from '../gains/lostOfW.js';
import { dirtyImageOf } from '../imaging/dirtyImageOf.js';
import type { Mapper } from '../mapper/mapper.js';
import { mappingOf } from '../mapper/mappingArguments.js';
import type { GraphPrior } from '../regularization/kind.js';
import { derivativesOfPositive } from './evidenceAndGradient.js';
import { mappedImage } from './mappedImage.js';
import type { Mapped } from './mapperOf.js';
import type { PreparedDataset } from './prepare.js';

/** F and D from kernels, for a positive source: the evidence hands no matrices out. */
export async function linearKernels(
  prepared: PreparedDataset,
  mapper: Mapper,
  dispatcher: Dispatcher,
  signal: AbortSignalLike | undefined,
) {
  const mapping = mappingOf(mapper);
  const [curvatureMatrix, dataVector] = await Promise.all([
    curvatureMatrixOf(dispatcher, prepared, mapping, { signal }),
    dataVectorOf(dispatcher, prepared.sums.dirtyImage, mapping, { signal }),
  ]);
  return { curvatureMatrix, dataVector: dataVector.data };
}

/** F, made once more where nobody has it. */
export function curvatureOnHost({ sums, gains }: PreparedDataset, mapper: Mapper): Float64Array {
  const table = displacementTableFromCompact(sums.wCompact.data, sums.gridSize);
  const F = curvatureOfTable(table, sums.nativeIndexForSlimIndex.data, mappingRowsOf(mapper), mapper.pixels);
  return gains === undefined ? F : withoutSquare(F, columnsOf(gains.columns, mapper).data, mapper.pixels);
}

/** F - X X^t, in its place. */
function withoutSquare(F: Float64Array, X: Float64Array, order: number): Float64Array {
  const width = X.length / order;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let q = 0; q < width; q++) sum += X[i * width + q] * X[j * width + q];
      F[i * order + j] -= sum;
      if (j < i) F[j * order + i] -= sum;
    }
  }
  return F;
}

/**
 * The derivatives of an evidence whose source is stationary, as that of any sign and a positive one are, from those of the
 * determinants, which are the same for all data.
 */
export function stationaryDerivatives(
  { sums, gains }: PreparedDataset,
  mapped: Mapped,
  prior: GraphPrior,
  reconstruction: NdArray<'real'>,
  record: KernelResult<'evidenceDerivativesViaWCompactFrom'>,
) {
  const model = dirtyImageOf(sums, mappedImage(mapped.mapper, reconstruction)).data;
  const lost = gains && lostOfW(gains, columnsOf(gains.columns, mapped.mapper).data, mapped.mapper);
  const kept = lost?.image(reconstruction.data);
  const residual = sums.dirtyImage.data.map((value, pixel) => value - model[pixel] + (kept?.[pixel] ?? 0));
  return derivativesOfPositive(record, mapped, prior, reconstruction.data, residual);
}

/** The record of the evidence of a dataset, from D and F + H, factored. */
export function recordWith(
  { sums, accuracy }: PreparedDataset,
  mapper: Mapper,
  { dataVector, logDet }: { readonly dataVector: Float64Array; readonly logDet: number },
  factored: ReturnType<typeof factorEvidence>,
): KernelResult<'evidenceTermsFrom'> {
  const { chiSquared0, noiseNormalization, wCompact, gridSize } = sums;
  return evidenceRecord(
    {
      ...{ dataVector, logDetRegularizationMatrix: logDet, chiSquared0, noiseNormalization },
      mapping: mappingRowsOf(mapper),
      sumOfWeights: wCompact.data[gridSize - 1],
      rmsErrorOfW: accuracy.wCompact.rms,
      largestErrorOfW: accuracy.wCompact.largest,
      rmsErrorOfDirtyImage: accuracy.dirtyImage.rms,
    },
    factored,
  );
}

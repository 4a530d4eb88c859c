import { isRecord, type LooseArgs, type NdArray, real } from '@wtilde/core-types';
import {
  compressMapping,
  factorEvidence,
  probeDerivatives,
  probeEvidence,
  regularizationOfGraph,
  type WeightedGraph,
  weightedGraphOf,
} from '@wtilde/numerics';
import { hostArray } from './conversion.js';
import { type InFloat64, isIndex, isReal, realArray, type StepRun, unknown } from './probing.js';
import type { ErrorEstimate } from './records.js';
import type { Work } from './work.js';

export const middleKernel = 'evidenceDerivativesByGraphFrom';
const endKernel = 'evidenceDerivativesByMappingViaWCompactFrom';

/**
 * The error that float32 steps leave in a composed evidence with derivatives: of its value as in `estimateError`, and
 * samples of that of its derivatives. Both come from the images W T v of some vectors in float64, which are what the last
 * step gives for a mapping T v.
 */
export function* estimateDerivatives(
  steps: readonly StepRun[],
  low: readonly StepRun[],
  inFloat64: InFloat64,
): Work<ErrorEstimate> {
  const middle = steps.find(({ kernel }) => kernel === middleKernel);
  const end = steps.find(({ kernel }) => kernel === endKernel);
  const F = steps.find(({ result }) => result === middle?.args.curvatureMatrix);
  const D = low.find(({ kernel }) => kernel === 'sparseMappingMatrixTransposeMatmul');
  if (!middle || !end || !F || low.some((step) => step !== F && step !== D && step !== end)) {
    return unknown(`no estimate covers float32 in ${low.map(({ kernel }) => kernel).join(', ')}`);
  }
  const pixIndexes = yield* hostArray(end.args.pixIndexesForSubSlimIndex);
  const pixWeights = yield* hostArray(end.args.pixWeightsForSubSlimIndex);
  const given = yield* hostArray(end.args.dirtyImage);
  const { curvatureMatrix, dataVector, chiSquared0, noiseNormalization } = middle.args;
  const graph = graphOf(middle.args);
  const [byGraph, byMapping] = [middle.result, end.result];
  const record = isRecord(byGraph) && isRecord(byMapping) ? { ...byGraph, ...byMapping } : {};
  const reconstruction = realArray(record.reconstruction);
  const [found, logDet] = [realArray(record.logEvidenceByMapping), realArray(record.logDetCurvatureRegMatrixByMapping)];
  if (
    !isReal(curvatureMatrix) ||
    !isReal(dataVector) ||
    !isIndex(pixIndexes) ||
    !isReal(pixWeights) ||
    !isReal(given)
  ) {
    return unknown('the parts of the evidence are not on the host');
  }
  if (graph === undefined || reconstruction === undefined || found === undefined || logDet === undefined) {
    return unknown('the derivatives are not on the host');
  }

  const regularization = regularizationOfGraph(graph);
  const factored = factorEvidence(curvatureMatrix.data, regularization);
  const terms = [record.logDetRegularizationMatrix, chiSquared0, noiseNormalization];
  const sum = terms.reduce<number>((total, term) => total + Math.abs(Number(term)), 0);
  const ofValue = probeEvidence({ curvatureMatrix, regularization, dataVector, terms: sum }, factored);
  const ofDerivatives = probeDerivatives({
    curvatureMatrix: curvatureMatrix.data,
    factored,
    probes: ofValue.columns,
    graph,
    pixIndexes,
    pixWeights,
    dirtyImage: given.data,
    reconstruction: reconstruction.data,
    logEvidenceByMapping: found.data,
    logDetByMapping: logDet.data,
  });

  const images = (columns: NdArray<'real'>) => imagesOf(inFloat64, end, pixIndexes, pixWeights, columns);
  const first = yield* images(ofDerivatives.columns);
  const after = first && ofDerivatives.after(first.images);
  const last = after && (yield* images(after.column));
  if (first === undefined || after === undefined || last === undefined) {
    return unknown(`no float64 backend implements ${endKernel}`);
  }
  const exactly = D === undefined ? undefined : yield* inFloat64(D.kernel, D.args);
  const exactDataVector = isReal(exactly?.result) ? exactly.result : undefined;
  if (D !== undefined && exactDataVector === undefined) return unknown(`no float64 backend implements ${D.kernel}`);
  const error = ofValue.errorFrom(formsOf(first, ofValue.columns.shape[1]), exactDataVector);
  const how = `${ofDerivatives.columns.shape[1] + 1} images W T v in float64 on ${first.backend}`;
  if (!Number.isFinite(error)) return unknown(`F + H is too close to singular for float32, by ${how}`);
  return { error, how, derivatives: after.errors(last.images) };
}

interface Images {
  /** T V (M, Q). */
  readonly mapped: NdArray<'real'>;
  /** W T V (M, Q). */
  readonly images: NdArray<'real'>;
  readonly backend: string;
}

/** The images of vectors, by the last step for a mapping T V and X = 1. */
function* imagesOf(
  inFloat64: InFloat64,
  { args: { wCompact, nativeIndexForSlimIndex, dirtyImage } }: StepRun,
  indexes: NdArray<'index'>,
  weights: NdArray<'real'>,
  columns: NdArray<'real'>,
): Work<Images | undefined> {
  const [, count] = columns.shape;
  const mapping = compressMapping(indexes, weights, columns);
  const nothing = real(new Float64Array(count));
  const one = Float64Array.from({ length: count ** 2 }, (_, at) => (at % (count + 1) === 0 ? 1 : 0));
  const made = yield* inFloat64(endKernel, {
    wCompact,
    nativeIndexForSlimIndex,
    dirtyImage,
    ...mapping,
    reconstruction: nothing,
    response: nothing,
    curvatureRegMatrixInverse: real(one, [count, count]),
  });
  if (made === undefined || !isRecord(made.result)) return undefined;
  const twice = realArray(made.result.logDetCurvatureRegMatrixByMapping);
  if (twice === undefined) return undefined;
  const images = real(
    twice.data.map((value) => value / 2),
    twice.shape,
  );
  return { mapped: mapping.pixWeightsForSubSlimIndex, images, backend: made.backend };
}

function graphOf({ neighbors, neighborsSizes, weights, diagonal }: LooseArgs): WeightedGraph | undefined {
  if (!isIndex(neighbors) || !isIndex(neighborsSizes) || !isReal(weights) || !isReal(diagonal)) return undefined;
  return weightedGraphOf({ neighbors, neighborsSizes, weights, diagonal });
}

/** (T V)^t (W T V) of the first vectors. */
function formsOf({ mapped, images }: Images, count: number): NdArray<'real'> {
  const [rows, width] = mapped.shape;
  const forms = new Float64Array(count * count);
  for (let at = 0; at < rows * width; at += width) {
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) forms[j * count + k] += mapped.data[at + j] * images.data[at + k];
    }
  }
  return real(forms, [count, count]);
}

import { type AbortSignalLike, type NdArray, real, throwIfAborted } from '@wtilde/core-types';
import type { DispatchEvent, Dispatcher } from '@wtilde/dispatch';
import {
  curvatureOfTable,
  displacementTableFromCompact,
  factorEvidence,
  mappingRowsOf,
  sourceVariances,
} from '@wtilde/numerics';
import { checkArray, checkGiven, checkNames } from '../arguments/checkArguments.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { checkRegularization } from '../regularization/regularization.js';
import { einsteinRadiiBeyond, fewImagePixels, nearlySingularPrior } from '../warnings/modelWarnings.js';
import type { Evidence } from './evidence.js';
import { bindEvidence, type EvidenceKernels, evidenceDispatcher } from './evidenceKernels.js';
import { gradientOf } from './gradient.js';
import { type BackendOptions, hostDispatcher } from './hostDispatcher.js';
import { mappedImage } from './mappedImage.js';
import { type Mapped, mapperOf } from './mapperOf.js';
import type { Model } from './model.js';
import { isPositive, type SourceChoice, withPositiveSource } from './positive.js';
import { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './prepare.js';
import { evidentPriorOf, formOf } from './regularize.js';
import { timingsOf } from './timings.js';

/** A dataset made ready once, to be confronted with many lens models. */
export interface Operator extends PreparedDataset {
  readonly geometry: MaskGeometry;
  /**
   * The evidence of a lens model, and the source that it takes. Costs nothing per visibility.
   *
   * @throws InvalidValue for parameters out of domain, or a mesh without three vertices that span a triangle;
   *   NumericalFailure where F + H is not positive definite; Aborted.
   */
  evidence(model: Model & SourceChoice & { readonly signal?: AbortSignalLike | undefined }): Promise<Evidence>;
  /** Frees what backends hold for the dataset. */
  dispose(): void;
}

/** Prepares a dataset and makes an operator of it; throws what {@link prepareDataset} throws. */
export async function createOperator(
  dataset: Dataset,
  options: BackendOptions & Omit<PrepareOptions, 'dispatcher'>,
): Promise<Operator> {
  checkGiven(options, 'createOperator', ['mask', 'backends']);
  const { mask, tolerance, signal, onProgress, ...backendOptions } = options;
  const dispatcher = hostDispatcher(backendOptions);
  const prepared = await prepareDataset(dataset, { mask, tolerance, signal, onProgress, dispatcher });
  return operatorFrom(prepared, backendOptions);
}

/** An operator over a dataset that has been prepared before. */
export function operatorFrom(prepared: PreparedDataset, options: BackendOptions): Operator {
  checkGiven(prepared, 'operatorFrom', ['mask', 'operator', 'accuracy', 'warnings']);
  checkGiven(prepared.operator, 'operatorFrom operator', ['wCompact', 'nativeIndexForSlimIndex', 'dirtyImage']);
  checkArray(prepared.operator.dirtyImage, ['real'], ['M'], 'operatorFrom operator.dirtyImage');
  checkGiven(options, 'operatorFrom', ['backends']);
  const { mask, operator } = prepared;
  const geometry = geometryOf(mask);
  const dispatcher = hostDispatcher(options);
  let bound: EvidenceKernels | undefined;
  let over = false;
  const kernels = once(async () => {
    bound = bindEvidence(await evidenceDispatcher(options), prepared);
    if (over) bound.dispose();
    return bound;
  });

  async function evidence(given: Parameters<Operator['evidence']>[0]): Promise<Evidence> {
    const names = { lens: true, mesh: true, regularization: true, adaptImage: false, useBorderRelocator: false };
    const choices = { solve: false, similarReconstruction: false, zeroedPixels: false };
    checkNames(given, { ...names, ...choices, signal: false }, 'evidence');
    const { signal, solve, similarReconstruction, zeroedPixels, ...model } = given;
    const choice = { solve, similarReconstruction, zeroedPixels };
    const positive = isPositive(choice);
    throwIfAborted(signal, 'evidence');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model);
    const { mapper } = mapped;
    const started = performance.now();
    const prior = evidentPriorOf(model.regularization, mapped);
    const priorMs = performance.now() - started;
    const ran: DispatchEvent[] = [];
    const { evidenceOf } = await kernels();
    const { result, record } = await evidenceOf(mapper, prior, {
      signal,
      onEvent(event) {
        if ('backend' in event) ran.push(event);
      },
    });
    const { reconstruction: unrestricted, errorBound, ...all } = result;
    const errorEstimate = record.ran === 'composed' ? record.errorEstimate : undefined;
    const linear = positive ? await linearKernels(prepared, mapper, dispatcher, signal) : undefined;
    const parts = once(() => linearParts(prepared, mapped, linear?.curvatureMatrix));
    const factored = once(() => factorEvidence(parts().curvatureMatrix, formOf(prior, mapper.pixels)));
    const taken =
      linear === undefined
        ? { ...all, reconstruction: unrestricted, positive: undefined }
        : withPositiveSource({ ...all, chiSquared0: operator.chiSquared0 }, linear, factored(), choice);
    const { logEvidence, reconstruction, positive: certificate, ...terms } = taken;
    return {
      logEvidence,
      terms: { ...terms, chiSquared0: operator.chiSquared0 },
      reconstruction,
      ...(certificate === undefined ? {} : { positive: certificate }),
      mapper,
      imageMesh: mapped.imageMesh,
      errorBound: errorBound + (errorEstimate?.error ?? 0),
      ...(errorEstimate === undefined ? {} : { errorEstimate }),
      warnings: [
        ...prepared.warnings,
        ...einsteinRadiiBeyond(model.lens.mass, geometry.grid),
        ...fewImagePixels(geometry.pixels, mapper.pixels),
        ...nearlySingularPrior(prior),
      ],
      ms: timingsOf(mapped, priorMs, record),
      ran,
      reconstructionNoiseMap: once(() => real(sourceVariances(factored()).map(Math.sqrt))),
      reconstructionCovarianceTimes(vector) {
        checkArray(vector, ['real'], [mapper.pixels], 'reconstructionCovarianceTimes vector');
        const { basis, solve } = factored();
        return real(basis.sourceOf(solve(basis.project(vector.data))).source);
      },
      gradient: once(() => {
        const evidence = { ...parts(), factored: factored(), prior, reconstruction: reconstruction.data };
        return gradientOf(evidence, model, mapped, geometry.grid);
      }),
      mappedReconstructedImage: once(() => mappedImage(mapper, reconstruction)),
      mappedReconstructedVisibilities(uvWavelengths: NdArray<'real'>) {
        const image = mappedImage(mapper, reconstruction);
        return dispatcher.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim: geometry.gridRadiansSlim });
      },
    };
  }

  return {
    ...prepared,
    geometry,
    evidence,
    dispose() {
      over = true;
      bound?.dispose();
    },
  };
}

/** F and D from kernels, for a positive source: the evidence hands no matrices out. */
async function linearKernels(
  { operator: { wCompact, nativeIndexForSlimIndex, dirtyImage } }: PreparedDataset,
  { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }: Mapper,
  dispatcher: Dispatcher,
  signal: AbortSignalLike | undefined,
) {
  const mapping = { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
  const matrix = real(dirtyImage.data, [dirtyImage.data.length, 1]);
  const [curvatureMatrix, dataVector] = await Promise.all([
    dispatcher.curvatureMatrixViaWCompactSparseMappingMatrixFrom(
      { wCompact, nativeIndexForSlimIndex, ...mapping },
      { signal },
    ),
    dispatcher.sparseMappingMatrixTransposeMatmul({ matrix, ...mapping }, { signal }),
  ]);
  return { curvatureMatrix: curvatureMatrix.data, dataVector: dataVector.data };
}

/** What noise map and gradient are made of, F made once more where nobody has it. */
function linearParts({ operator }: PreparedDataset, { mapper }: Mapped, curvature?: Float64Array) {
  const table = displacementTableFromCompact(operator.wCompact.data, operator.gridSize);
  const nativeIndex = operator.nativeIndexForSlimIndex.data;
  const { pixIndexes, pixWeights, ...rows } = mappingRowsOf(mapper);
  const curvatureMatrix =
    curvature ?? curvatureOfTable(table, nativeIndex, { pixIndexes, pixWeights, ...rows }, mapper.pixels);
  return { table, nativeIndex, pixIndexes, pixWeights, curvatureMatrix, dirtyImage: operator.dirtyImage.data };
}

function once<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

import { type AbortSignalLike, type Precision, real, throwIfAborted } from '@wtilde/core-types';
import {
  createDispatcher,
  type DispatchEvent,
  type Dispatcher,
  type DispatcherOptions,
  type ErrorEstimate,
} from '@wtilde/dispatch';
import {
  compressMapping,
  displacementTableFromCompact,
  factorEvidence,
  probeEvidence,
  regularizationOfGraph,
  sourceVariances,
} from '@wtilde/numerics';
import { checkArray, checkGiven, checkNames } from '../arguments/checkArguments.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { checkPrimaryBeam } from '../mask/primaryBeam.js';
import { checkRegularization } from '../regularization/regularization.js';
import { einsteinRadiiBeyond, fewImagePixels } from '../warnings/modelWarnings.js';
import { errorBoundOf } from './errorBound.js';
import type { Evidence } from './evidence.js';
import { gradientOf } from './gradient.js';
import { mappedImage } from './mappedImage.js';
import { mapperOf } from './mapperOf.js';
import type { Model } from './model.js';
import { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './prepare.js';
import { regularize } from './regularize.js';

/** How backends are chosen: as for a dispatcher, with every result on the host. */
export type BackendOptions = Omit<DispatcherOptions, 'arrayConversion'>;

/** A dataset made ready once, to be confronted with many lens models. */
export interface Operator extends PreparedDataset {
  readonly geometry: MaskGeometry;
  /**
   * The evidence of a lens model, and the source that it takes. Costs nothing per visibility.
   *
   * @throws InvalidValue for parameters out of domain, or a mesh without three vertices that span a triangle;
   *   NumericalFailure where F + H is not positive definite; Aborted.
   */
  evidence(model: Model & { readonly signal?: AbortSignalLike | undefined }): Promise<Evidence>;
  /** Frees what backends hold for the dataset. */
  dispose(): void;
}

/** Prepares a dataset and makes an operator of it; throws what {@link prepareDataset} throws. */
export async function createOperator(
  dataset: Dataset,
  options: BackendOptions & Omit<PrepareOptions, 'dispatcher'>,
): Promise<Operator> {
  checkGiven(options, 'createOperator', ['mask', 'backends']);
  const { mask, primaryBeam, tolerance, signal, onProgress, ...backendOptions } = options;
  const dispatcher = hostDispatcher(backendOptions);
  const prepared = await prepareDataset(dataset, { mask, primaryBeam, tolerance, signal, onProgress, dispatcher });
  return operatorFrom(prepared, backendOptions);
}

/** A dispatcher whose results are all on the host. */
export function hostDispatcher(options: BackendOptions): Dispatcher {
  return createDispatcher({ ...options, arrayConversion: 'always-host' });
}

/** An operator over a dataset that has been prepared before. */
export function operatorFrom(prepared: PreparedDataset, options: BackendOptions): Operator {
  checkGiven(prepared, 'operatorFrom', ['mask', 'operator', 'accuracy', 'warnings']);
  checkGiven(prepared.operator, 'operatorFrom operator', ['wCompact', 'nativeIndexForSlimIndex', 'dirtyImage']);
  checkArray(prepared.operator.dirtyImage, ['real'], ['M'], 'operatorFrom operator.dirtyImage');
  checkGiven(options, 'operatorFrom', ['backends']);
  const { mask, operator, accuracy, primaryBeam } = prepared;
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = operator;
  const geometry = geometryOf(mask);
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, geometry.pixels);
  const ran = new Map<string, DispatchEvent>();
  const dispatcher = hostDispatcher({
    ...options,
    onEvent(event) {
      ran.set(event.kernel, event);
      options.onEvent?.(event);
    },
  });
  /** For what is no part of an evaluation. */
  const beside = hostDispatcher(options);
  const curvatureMatrixFrom = dispatcher.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
    wCompact,
    nativeIndexForSlimIndex,
  });
  const dirtyColumn = real(dirtyImage.data, [dirtyImage.data.length, 1]);

  async function evidence(given: Parameters<Operator['evidence']>[0]): Promise<Evidence> {
    checkNames(given, { lens: true, mesh: true, regularization: true, signal: false }, 'evidence');
    const { signal, ...model } = given;
    throwIfAborted(signal, 'evidence');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model, primaryBeam);
    const { mapper, traceMs, mapMs } = mapped;
    const { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = mapper;
    const mapping = { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
    const [curvatureMatrix, curvatureMatrixMs] = await timed(() => curvatureMatrixFrom(mapping, { signal }));
    const [column, dataVectorMs] = await timed(() =>
      dispatcher.sparseMappingMatrixTransposeMatmul({ matrix: dirtyColumn, ...mapping }, { signal }),
    );
    const dataVector = real(column.data);
    const [{ regularizationMatrix, logDetRegularizationMatrix, graph }, regularizationMs] = await timed(() =>
      regularize(dispatcher, model.regularization, mapped, signal),
    );
    const [{ logEvidence, reconstruction, ...terms }, evidenceMs] = await timed(() =>
      dispatcher.evidenceTermsFrom(
        {
          curvatureMatrix,
          dataVector,
          regularizationMatrix,
          logDetRegularizationMatrix,
          chiSquared0,
          noiseNormalization,
        },
        { signal },
      ),
    );
    const regularization = regularizationOfGraph(graph);
    const parts = { curvatureMatrix, dataVector, regularization };
    const sizes = [chiSquared0, noiseNormalization, logDetRegularizationMatrix, terms.logDetCurvatureRegMatrix];
    const errorEstimate = await estimateError(
      { ...parts, terms: sizes.reduce((sum, size) => sum + Math.abs(size), 0) },
      mapping,
    );
    const factored = once(() => factorEvidence(curvatureMatrix.data, regularization));
    const bound = once(() =>
      errorBoundOf({
        ...parts,
        factored: factored(),
        mapper,
        reconstruction,
        weight: wCompact.data[operator.gridSize - 1],
        accuracy,
        terms: { ...terms, chiSquared0 },
        logEvidence,
      }),
    );
    return {
      logEvidence,
      terms: { ...terms, chiSquared0 },
      reconstruction,
      mapper,
      get errorBound() {
        return bound() + (errorEstimate?.error ?? 0);
      },
      ...(errorEstimate === undefined ? {} : { errorEstimate }),
      warnings: [
        ...prepared.warnings,
        ...einsteinRadiiBeyond(model.lens.mass, geometry.grid),
        ...fewImagePixels(geometry.pixels, pixels),
      ],
      ms: {
        rayTrace: traceMs,
        mapper: mapMs,
        curvatureMatrix: curvatureMatrixMs,
        dataVector: dataVectorMs,
        regularization: regularizationMs,
        evidence: evidenceMs,
      },
      ran: [...ran.values()],
      reconstructionNoiseMap: once(() => real(sourceVariances(factored()).map(Math.sqrt))),
      gradient: once(() =>
        gradientOf(
          {
            factored: factored(),
            graph,
            table: displacementTableFromCompact(wCompact.data, operator.gridSize),
            nativeIndex: nativeIndexForSlimIndex.data,
            pixIndexes: pixIndexesForSubSlimIndex.data,
            pixWeights: pixWeightsForSubSlimIndex.data,
            dirtyImage: dirtyImage.data,
            reconstruction: reconstruction.data,
          },
          model,
          mapped,
          geometry.grid,
        ),
      ),
      mappedReconstructedImage: once(() => mappedImage(mapper, reconstruction)),
      mappedReconstructedVisibilities(uvWavelengths) {
        const image = mappedImage(mapper, reconstruction);
        return beside.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim: geometry.gridRadiansSlim });
      },
    };
  }

  function inFloat32(kernel: string): boolean {
    return precisionOf(ran.get(kernel)) === 'float32';
  }

  /** How far float32 in F or D may have moved the evidence: a few forms of F in float64, where the end ran. */
  async function estimateError(
    used: Parameters<typeof probeEvidence>[0],
    mapping: Pick<Mapper, 'pixels' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>,
  ): Promise<ErrorEstimate | undefined> {
    const lowF = inFloat32('curvatureMatrixViaWCompactSparseMappingMatrixFrom');
    const lowD = inFloat32('sparseMappingMatrixTransposeMatmul');
    const backend = backendOf(ran.get('evidenceTermsFrom'));
    if ((!lowF && !lowD) || backend === undefined) return undefined;
    const { columns, errorFrom } = probeEvidence(used);
    const { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = mapping;
    const forms = await beside.curvatureMatrixViaWCompactSparseMappingMatrixFrom(
      {
        wCompact,
        nativeIndexForSlimIndex,
        ...compressMapping(pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex, columns),
      },
      { backend },
    );
    const exact = await beside.sparseMappingMatrixTransposeMatmul({ matrix: dirtyColumn, ...mapping }, { backend });
    const how = `${columns.shape[1]} quadratic forms of the curvature matrix in float64 on ${backend}`;
    return { error: errorFrom(forms, real(exact.data)), how };
  }

  return { ...prepared, geometry, evidence, dispose: () => curvatureMatrixFrom.dispose() };
}

/** A result and the milliseconds that it took. */
async function timed<R>(work: () => Promise<R>): Promise<readonly [R, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function once<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function precisionOf(event: DispatchEvent | undefined): Precision | undefined {
  return event !== undefined && 'precision' in event ? event.precision : undefined;
}

function backendOf(event: DispatchEvent | undefined): string | undefined {
  return event !== undefined && 'backend' in event ? event.backend : undefined;
}

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
  factorEvidence,
  probeEvidence,
  regularizationOfGraph,
  sourceVariances,
} from '@wtilde/numerics';
import { checkArray, checkGiven, checkNames } from '../arguments/checkArguments.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { checkRegularization } from '../regularization/regularization.js';
import { einsteinRadiiBeyond, fewImagePixels } from '../warnings/modelWarnings.js';
import { errorBoundOf } from './errorBound.js';
import type { Evidence } from './evidence.js';
import { bindDerivatives, type EvidenceAndGradient, evidenceAndGradient } from './evidenceAndGradient.js';
import { mappedImage } from './mappedImage.js';
import { mapperOf } from './mapperOf.js';
import type { Model } from './model.js';
import { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './prepare.js';
import { graphOf, regularize } from './regularize.js';

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
  /**
   * The evidence of a lens model and its derivatives by every parameter, from one factorization: for about the price of two
   * evidences, whatever the number of parameters. On a backend that has evidenceDerivativesViaWCompactFrom, in float64.
   *
   * @throws what `evidence` throws
   */
  evidenceAndGradient(model: Model & { readonly signal?: AbortSignalLike | undefined }): Promise<EvidenceAndGradient>;
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
  const { mask, operator, accuracy } = prepared;
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = operator;
  const geometry = geometryOf(mask);
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
  const derivativesFrom = bindDerivatives(beside, prepared);
  const dirtyColumn = real(dirtyImage.data, [dirtyImage.data.length, 1]);

  async function evidence(given: Parameters<Operator['evidence']>[0]): Promise<Evidence> {
    checkNames(given, { lens: true, mesh: true, regularization: true, signal: false }, 'evidence');
    const { signal, ...model } = given;
    throwIfAborted(signal, 'evidence');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model);
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
      warnings: warningsOf(model, pixels),
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
      gradient: once(async () => {
        const differentiable = { model, mapped, graph, grid: geometry.grid };
        return (await evidenceAndGradient(derivativesFrom, differentiable, chiSquared0, [], undefined)).gradient;
      }),
      mappedReconstructedImage: once(() => mappedImage(mapper, reconstruction)),
      mappedReconstructedVisibilities(uvWavelengths) {
        const image = mappedImage(mapper, reconstruction);
        return beside.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim: geometry.gridRadiansSlim });
      },
    };
  }

  function warningsOf({ lens }: Model, pixels: number) {
    return [
      ...prepared.warnings,
      ...einsteinRadiiBeyond(lens.mass, geometry.grid),
      ...fewImagePixels(geometry.pixels, pixels),
    ];
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

  return {
    ...prepared,
    geometry,
    evidence,
    async evidenceAndGradient(given) {
      checkNames(given, { lens: true, mesh: true, regularization: true, signal: false }, 'evidenceAndGradient');
      const { signal, ...model } = given;
      throwIfAborted(signal, 'evidenceAndGradient');
      checkRegularization(model.regularization);
      const mapped = mapperOf(mask, geometry, model);
      const graph = graphOf(model.regularization, mapped);
      const warnings = warningsOf(model, mapped.mapper.pixels);
      const differentiable = { model, mapped, graph, grid: geometry.grid };
      return await evidenceAndGradient(derivativesFrom, differentiable, chiSquared0, warnings, signal);
    },
    dispose() {
      curvatureMatrixFrom.dispose();
      derivativesFrom.dispose();
    },
  };
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

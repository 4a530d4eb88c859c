import { type AbortSignalLike, type KernelResult, type NdArray, real, throwIfAborted } from '@wtilde/core-types';
import type { DispatchEvent, ErrorEstimate } from '@wtilde/dispatch';
import { factorEvidence, sourceVariances } from '@wtilde/numerics';
import { checkArray, checkGiven, checkNames } from '../arguments/checkArguments.js';
import { columnsOf, curvatureMatrixOf, dataVectorOf } from '../gains/curvature.js';
import { gainEstimatesOf } from '../gains/gainEstimates.js';
import { withoutGains } from '../gains/withoutGains.js';
import { type LightEvidence, lightEvidenceOf } from '../linear/lightEvidence.js';
import type { LightModel } from '../linear/lightModel.js';
import type { Mapper } from '../mapper/mapper.js';
import { mappingOf } from '../mapper/mappingArguments.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { checkPrimaryBeam } from '../mask/primaryBeam.js';
import type { GraphPrior, SourcePrior } from '../regularization/kind.js';
import { checkRegularization } from '../regularization/regularization.js';
import { einsteinRadiiBeyond, fewImagePixels, nearlySingularPrior } from '../warnings/modelWarnings.js';
import type { Evidence } from './evidence.js';
import {
  bindDerivatives,
  type EvidenceAndGradient,
  evidenceAndGradient,
  recordOfDerivatives,
} from './evidenceAndGradient.js';
import { bindEvidence, evidenceDispatcher } from './evidenceKernels.js';
import { gradientOf } from './gradient.js';
import { type Evaluated, gradientAfter, type MadeGradient } from './gradientAfter.js';
import { type BackendOptions, hostDispatcher } from './hostDispatcher.js';
import { curvatureOnHost, linearKernels, recordWith, stationaryDerivatives } from './linearParts.js';
import { mappedImage } from './mappedImage.js';
import { type Mapped, mapperOf } from './mapperOf.js';
import { derivativesOfMatrix } from './matrixDerivatives.js';
import type { Model } from './model.js';
import { throughGraph } from './modelDerivatives.js';
import { isPositive, type SourceChoice, withPositiveSource } from './positive.js';
import { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './prepare.js';
import { covarianceInverter, evidentPriorOf, formOf, matrixOfPrior } from './regularize.js';
import { requireSameW } from './sameW.js';
import { type Timings, timingsOf } from './timings.js';

/** A dataset made ready once, to be confronted with many lens models. */
export interface Inversion extends PreparedDataset {
  readonly geometry: MaskGeometry;
  /**
   * The evidence of a lens model, and the source that it takes. Costs nothing per visibility.
   *
   * @throws InvalidValue for parameters out of domain, or a mesh without three vertices that span a triangle;
   *   NumericalFailure where F + H is not positive definite; Aborted.
   */
  evidence(model: Model & SourceChoice & { readonly signal?: AbortSignalLike | undefined }): Promise<Evidence>;
  /**
   * The evidences of this dataset and of others whose W is the same, such as channels of equal baselines and noise: what
   * `evidence` and theirs would give, with F made and factored once, in float64. Cost: that of an evidence, S^3 / 3, and S^2
   * for each.
   *
   * @throws InvalidValue where the W of another, its pixels or its primary beam are not those of this one; what `evidence`
   *   throws
   */
  evidencesWith(
    others: readonly PreparedDataset[],
    model: Model & SourceChoice & { readonly signal?: AbortSignalLike | undefined },
  ): Promise<readonly Evidence[]>;
  /**
   * The evidence of a lens model and its derivatives by every parameter, from one factorization: for about the price of two
   * evidences, whatever the number of parameters. Where a float32 backend is given F and the derivatives by the mapping,
   * those are made there, the rest in float64, and `gradientErrors` says how far each derivative may be off. A positive
   * source, and a regularization that is no graph, pay for an evidence and then for its derivatives in float64.
   *
   * @throws what `evidence` throws
   */
  evidenceAndGradient(
    model: Model & SourceChoice & { readonly signal?: AbortSignalLike | undefined },
  ): Promise<EvidenceAndGradient>;
  /**
   * The log likelihood of light profiles, or the evidence of profiles and source pixels together, and the intensities of
   * those that are linear. Costs nothing per visibility; O(M log M) for every profile, and S^3 for pixels.
   *
   * @throws InvalidValue for profiles out of domain or a model without light; NumericalFailure where linear profiles cannot
   *   be told apart; what backends throw; Aborted.
   */
  lightEvidence(model: LightModel & { readonly signal?: AbortSignalLike | undefined }): Promise<LightEvidence>;
  /** Frees what backends hold for the dataset. */
  dispose(): void;
}

/** Prepares a dataset and makes an inversion of it; throws what {@link prepareDataset} throws. */
export async function createInversion(
  dataset: Dataset,
  options: BackendOptions & Omit<PrepareOptions, 'dispatcher'>,
): Promise<Inversion> {
  checkGiven(options, 'createInversion', ['mask', 'backends']);
  const { mask, primaryBeam, gainErrors, tolerance, signal, onProgress, ...backendOptions } = options;
  const dispatcher = hostDispatcher(backendOptions);
  const how = { mask, primaryBeam, gainErrors, tolerance, signal, onProgress, dispatcher };
  const prepared = await prepareDataset(dataset, how);
  return inversionFrom(prepared, backendOptions);
}

/** An inversion over a dataset that has been prepared before. */
export function inversionFrom(given: PreparedDataset, options: BackendOptions): Inversion {
  checkGiven(given, 'inversionFrom', ['mask', 'sums', 'accuracy', 'warnings']);
  checkGiven(given.sums, 'inversionFrom sums', ['wCompact', 'nativeIndexForSlimIndex', 'dirtyImage']);
  checkArray(given.sums.dirtyImage, ['real'], ['M'], 'inversionFrom sums.dirtyImage');
  checkGiven(options, 'inversionFrom', ['backends']);
  const prepared = withoutGains(given);
  const { mask, sums, primaryBeam } = prepared;
  const geometry = geometryOf(mask);
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, geometry.pixels);
  const dispatcher = hostDispatcher(options);
  const kept: { dispose(): void }[] = [];
  let over = false;
  function keep<K extends { dispose(): void }>(bound: K): K {
    if (over) bound.dispose();
    else kept.push(bound);
    return bound;
  }
  const mixed = once(async () => await evidenceDispatcher(options));
  const kernels = once(async () => keep(bindEvidence(await mixed(), prepared)));
  const mixedDerivatives = once(async () => keep(bindDerivatives(await mixed(), prepared)));
  const derivativesFrom = keep(bindDerivatives(dispatcher, prepared));
  const makePrior = covarianceInverter(dispatcher);

  type Given = Parameters<Inversion['evidence']>[0];

  /** Everything of a model that does not depend on what was measured. */
  async function mappedOf({ signal, solve: _, similarReconstruction: __, zeroedPixels: ___, ...model }: Given) {
    throwIfAborted(signal, 'evidence');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model, primaryBeam);
    const started = performance.now();
    const prior = await makePrior(evidentPriorOf(model.regularization, mapped), signal);
    return { model, mapped, prior, priorMs: performance.now() - started };
  }

  async function evaluated(given: Given): Promise<Evaluated> {
    checkNames(given, evidenceNames, 'evidence');
    const positive = isPositive(given);
    const worked = await mappedOf(given);
    const { mapped, prior, priorMs } = worked;
    const ran: DispatchEvent[] = [];
    const { evidenceOf } = await kernels();
    const { result, record } = await evidenceOf(mapped.mapper, prior, {
      signal: given.signal,
      onEvent(event) {
        if ('backend' in event) ran.push(event);
      },
    });
    const errorEstimate = record.ran === 'composed' ? record.errorEstimate : undefined;
    const made = { result, errorEstimate, ran, ms: timingsOf(mapped, priorMs, record) };
    const linear = positive ? await linearKernels(prepared, mapped.mapper, dispatcher, given.signal) : undefined;
    const factored = once(() => {
      const curvatureMatrix = linear?.curvatureMatrix.data ?? curvatureOnHost(prepared, mapped.mapper);
      return factorEvidence(curvatureMatrix, formOf(prior, mapped.mapper.pixels));
    });
    return finished(given, prepared, { ...worked, linear, factored }, made);
  }

  async function evidencesWith(others: readonly PreparedDataset[], given: Given): Promise<readonly Evidence[]> {
    checkNames(given, evidenceNames, 'evidencesWith');
    for (const other of others) requireSameW(prepared, other);
    const worked = await mappedOf(given);
    const { mapped, prior, priorMs } = worked;
    const { mapper, traceMs, mapMs } = { ...mapped };
    const how = { signal: given.signal };
    const curvatureMatrix = await curvatureMatrixOf(dispatcher, prepared, mappingOf(mapper), how);
    const factored = once(() => factorEvidence(curvatureMatrix.data, formOf(prior, mapper.pixels)));
    const { logDet } = await matrixOfPrior(dispatcher, prior, given.signal);
    const ofDeterminants = 'graph' in prior ? once(() => derivativesOf(mapped, prior)) : undefined;
    const found: Evidence[] = [];
    let started = performance.now();
    for (const dataset of [prepared, ...others]) {
      const { dirtyImage } = dataset.sums;
      const dataVector = (await dataVectorOf(dispatcher, dirtyImage, mappingOf(mapper))).data;
      const result = recordWith(dataset, mapper, { dataVector, logDet }, factored());
      const linear = { curvatureMatrix, dataVector };
      const ended = performance.now();
      const first = found.length === 0;
      // What is made once is told once.
      const ms = {
        rayTrace: first ? traceMs : 0,
        mapper: first ? mapMs : 0,
        regularization: first ? priorMs : 0,
        evidence: ended - started,
      };
      started = ended;
      const all = { ...worked, linear, factored, ofDeterminants };
      found.push(finished(given, dataset, all, { result, ran: [], ms }).evidence);
    }
    return found;
  }

  /** An evidence with all that can be asked of it. */
  function finished(
    { solve, similarReconstruction, zeroedPixels, signal }: Given,
    dataset: PreparedDataset,
    { model, mapped, prior, linear, factored, ofDeterminants }: Worked,
    { result, errorEstimate, ran, ms }: MadeEvidence,
  ): Evaluated {
    const choice = { solve, similarReconstruction, zeroedPixels };
    const positive = isPositive(choice);
    const { mapper } = mapped;
    const { sums, gains } = dataset;
    const { reconstruction: unrestricted, errorBound, ...all } = result;
    const taken =
      linear === undefined || !positive
        ? { ...all, reconstruction: unrestricted, positive: undefined }
        : withPositiveSource({ ...all, chiSquared0: sums.chiSquared0 }, linear, factored(), choice);
    const { logEvidence, reconstruction, positive: certificate, ...terms } = taken;
    const derivatives = once(async (): Promise<MadeGradient> => {
      const { grid } = geometry;
      if ('matrix' in prior) {
        const how = { signal, curvatureMatrix: linear?.curvatureMatrix };
        const made = await derivativesOfMatrix(dispatcher, dataset, mapper, prior, reconstruction.data, how);
        return { gradient: gradientOf(made, model, mapped, grid), reconstructionNoiseMap: made.noiseMap };
      }
      if (!positive && ofDeterminants === undefined) {
        return await evidenceAndGradient(derivativesFrom, { model, mapped, prior, grid }, signal);
      }
      const record = await (ofDeterminants?.() ?? derivativesOf(mapped, prior));
      const made = stationaryDerivatives(dataset, mapped, prior, reconstruction, record);
      return { gradient: gradientOf(throughGraph(made, prior), model, mapped, grid) };
    });
    const evidence: Evidence = {
      logEvidence,
      terms: { ...terms, chiSquared0: sums.chiSquared0 },
      reconstruction,
      ...(certificate === undefined ? {} : { positive: certificate }),
      mapper,
      imageMesh: mapped.imageMesh,
      errorBound: errorBound + (errorEstimate?.error ?? 0),
      ...(errorEstimate === undefined ? {} : { errorEstimate }),
      warnings: warningsOf(dataset, model, mapper, prior),
      ms,
      ran,
      reconstructionNoiseMap: once(() => real(sourceVariances(factored()).map(Math.sqrt))),
      reconstructionCovarianceTimes(vector) {
        checkArray(vector, ['real'], [mapper.pixels], 'reconstructionCovarianceTimes vector');
        const { basis, solve } = factored();
        return real(basis.sourceOf(solve(basis.project(vector.data))).source);
      },
      gradient: async () => (await derivatives()).gradient,
      ...(gains && {
        antennaGains: once(() => {
          const { basis, solve } = factored();
          const image = mappedImage(mapper, reconstruction).data;
          const solved = (vector: Float64Array) => basis.sourceOf(solve(basis.project(vector))).source;
          return gainEstimatesOf(gains, image, columnsOf(gains.columns, mapper).data, solved);
        }),
      }),
      mappedReconstructedImage: once(() => mappedImage(mapper, reconstruction)),
      mappedReconstructedVisibilities(uvWavelengths: NdArray<'real'>) {
        const image = mappedImage(mapper, reconstruction);
        return dispatcher.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim: geometry.gridRadiansSlim });
      },
    };
    return { evidence, derivatives };
  }

  async function derivativesOf({ mapper }: Mapped, prior: GraphPrior) {
    return (await recordOfDerivatives(derivativesFrom, mapper, prior)).result;
  }

  function warningsOf({ warnings }: PreparedDataset, { lens }: Model, { pixels }: Mapper, prior: SourcePrior) {
    return [
      ...warnings,
      ...einsteinRadiiBeyond(lens.mass, geometry.grid),
      ...fewImagePixels(geometry.pixels, pixels),
      ...nearlySingularPrior(prior),
    ];
  }

  async function withGradient(given: Parameters<Inversion['evidence']>[0]): Promise<EvidenceAndGradient> {
    checkNames(given, evidenceNames, 'evidenceAndGradient');
    const { signal, solve, similarReconstruction, zeroedPixels, ...model } = given;
    throwIfAborted(signal, 'evidenceAndGradient');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model, primaryBeam);
    const prior = evidentPriorOf(model.regularization, mapped);
    if (!('graph' in prior) || isPositive({ solve, similarReconstruction, zeroedPixels })) {
      return await gradientAfter(await evaluated(given));
    }
    const differentiable = { model, mapped, prior, grid: geometry.grid };
    const found = await evidenceAndGradient(await mixedDerivatives(), differentiable, signal);
    const terms = { ...found.terms, chiSquared0: sums.chiSquared0 };
    return { ...found, terms, warnings: warningsOf(prepared, model, mapped.mapper, prior) };
  }

  return {
    ...given,
    geometry,
    evidence: async (model) => (await evaluated(model)).evidence,
    evidencesWith,
    evidenceAndGradient: withGradient,
    lightEvidence: lightEvidenceOf(prepared, geometry, dispatcher, makePrior),
    dispose() {
      over = true;
      for (const each of kept.splice(0)) each.dispose();
    },
  };
}

/** What a model and W make, whatever was measured. */
interface Worked {
  readonly model: Model;
  readonly mapped: Mapped;
  readonly prior: SourcePrior;
  /** F and D, where kernels have made them apart. */
  readonly linear: { readonly curvatureMatrix: NdArray<'real'>; readonly dataVector: Float64Array } | undefined;
  readonly factored: () => ReturnType<typeof factorEvidence>;
  /** The derivatives by mapping and graph, of which those of determinants are shared. */
  readonly ofDeterminants?: (() => Promise<KernelResult<'evidenceDerivativesViaWCompactFrom'>>) | undefined;
}

/** The numbers of an evidence, and how they were made. */
interface MadeEvidence {
  readonly result: KernelResult<'evidenceTermsFrom'>;
  readonly errorEstimate?: ErrorEstimate | undefined;
  readonly ran: readonly DispatchEvent[];
  readonly ms: Timings;
}

const evidenceNames = {
  lens: true,
  mesh: true,
  regularization: true,
  adaptImage: false,
  useBorderRelocator: false,
  solve: false,
  similarReconstruction: false,
  zeroedPixels: false,
  signal: false,
};

function once<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

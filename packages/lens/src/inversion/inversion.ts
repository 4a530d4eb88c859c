import { type AbortSignalLike, type NdArray, real, throwIfAborted, WtildeError } from '@wtilde/core-types';
import type { DispatchEvent } from '@wtilde/dispatch';
import { factorEvidence, sourceVariances } from '@wtilde/numerics';
import { checkArray, checkGiven, checkNames } from '../arguments/checkArguments.js';
import { gainEstimatesOf } from '../gains/gainEstimates.js';
import { withoutGains } from '../gains/withoutGains.js';
import { type LightEvidence, lightEvidenceOf } from '../linear/lightEvidence.js';
import type { LightModel } from '../linear/lightModel.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { checkPrimaryBeam } from '../mask/primaryBeam.js';
import type { SourcePrior } from '../regularization/kind.js';
import { checkRegularization } from '../regularization/regularization.js';
import { einsteinRadiiBeyond, fewImagePixels, nearlySingularPrior } from '../warnings/modelWarnings.js';
import type { Evidence } from './evidence.js';
import { bindDerivatives, type EvidenceAndGradient, evidenceAndGradient } from './evidenceAndGradient.js';
import { bindEvidence, evidenceDispatcher } from './evidenceKernels.js';
import { gradientOf } from './gradient.js';
import { type BackendOptions, hostDispatcher } from './hostDispatcher.js';
import { linearKernels, linearParts, positiveDerivatives } from './linearParts.js';
import { mappedImage } from './mappedImage.js';
import { mapperOf } from './mapperOf.js';
import type { Model } from './model.js';
import { throughGraph, throughMatrix } from './modelDerivatives.js';
import { isPositive, type SourceChoice, withPositiveSource } from './positive.js';
import { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './prepare.js';
import { covarianceInverter, evidentPriorOf, formOf } from './regularize.js';
import { timingsOf } from './timings.js';

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
  const { mask, sums, primaryBeam, gains } = prepared;
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

  async function evidence(given: Parameters<Inversion['evidence']>[0]): Promise<Evidence> {
    checkNames(given, evidenceNames, 'evidence');
    const { signal, solve, similarReconstruction, zeroedPixels, ...model } = given;
    const choice = { solve, similarReconstruction, zeroedPixels };
    const positive = isPositive(choice);
    throwIfAborted(signal, 'evidence');
    checkRegularization(model.regularization);
    const mapped = mapperOf(mask, geometry, model, primaryBeam);
    const { mapper } = mapped;
    const started = performance.now();
    const prior = await makePrior(evidentPriorOf(model.regularization, mapped), signal);
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
        : withPositiveSource({ ...all, chiSquared0: sums.chiSquared0 }, linear, factored(), choice);
    const { logEvidence, reconstruction, positive: certificate, ...terms } = taken;
    return {
      logEvidence,
      terms: { ...terms, chiSquared0: sums.chiSquared0 },
      reconstruction,
      ...(certificate === undefined ? {} : { positive: certificate }),
      mapper,
      imageMesh: mapped.imageMesh,
      errorBound: errorBound + (errorEstimate?.error ?? 0),
      ...(errorEstimate === undefined ? {} : { errorEstimate }),
      warnings: warningsOf(model, mapper, prior),
      ms: timingsOf(mapped, priorMs, record),
      ran,
      reconstructionNoiseMap: once(() => real(sourceVariances(factored()).map(Math.sqrt))),
      reconstructionCovarianceTimes(vector) {
        checkArray(vector, ['real'], [mapper.pixels], 'reconstructionCovarianceTimes vector');
        const { basis, solve } = factored();
        return real(basis.sourceOf(solve(basis.project(vector.data))).source);
      },
      gradient: once(async () => {
        const { grid } = geometry;
        if ('matrix' in prior) {
          const dense = { ...parts(), factored: factored(), reconstruction: reconstruction.data };
          return gradientOf(throughMatrix(dense, prior), model, mapped, grid);
        }
        if (!positive) return (await evidenceAndGradient(derivativesFrom, { model, mapped, prior, grid })).gradient;
        const derivatives = await positiveDerivatives(prepared, mapped, prior, reconstruction, derivativesFrom);
        return gradientOf(throughGraph(derivatives, prior), model, mapped, grid);
      }),
      ...(gains && {
        antennaGains: once(() => {
          const { basis, solve } = factored();
          const image = mappedImage(mapper, reconstruction).data;
          const solved = (vector: Float64Array) => basis.sourceOf(solve(basis.project(vector))).source;
          return gainEstimatesOf(gains, image, parts().columns ?? new Float64Array(0), solved);
        }),
      }),
      mappedReconstructedImage: once(() => mappedImage(mapper, reconstruction)),
      mappedReconstructedVisibilities(uvWavelengths: NdArray<'real'>) {
        const image = mappedImage(mapper, reconstruction);
        return dispatcher.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim: geometry.gridRadiansSlim });
      },
    };
  }

  function warningsOf({ lens }: Model, { pixels }: Mapper, prior: SourcePrior) {
    return [
      ...prepared.warnings,
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
      return await gradientAfter(await evidence(given));
    }
    const differentiable = { model, mapped, prior, grid: geometry.grid };
    const found = await evidenceAndGradient(await mixedDerivatives(), differentiable, signal);
    const terms = { ...found.terms, chiSquared0: sums.chiSquared0 };
    return { ...found, terms, warnings: warningsOf(model, mapped.mapper, prior) };
  }

  return {
    ...given,
    geometry,
    evidence,
    evidenceAndGradient: withGradient,
    lightEvidence: lightEvidenceOf(prepared, geometry, dispatcher, makePrior),
    dispose() {
      over = true;
      for (const each of kept.splice(0)) each.dispose();
    },
  };
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

/** An evidence and, made after it, its gradient. */
async function gradientAfter(evidence: Evidence): Promise<EvidenceAndGradient> {
  const { logEvidence, terms, reconstruction, mapper, warnings, ran, errorEstimate } = evidence;
  return {
    logEvidence,
    terms,
    reconstruction,
    reconstructionNoiseMap: evidence.reconstructionNoiseMap(),
    mapper,
    warnings,
    ran,
    ...(errorEstimate && { errorEstimate }),
    gradient: await evidence.gradient(),
    gradientOfTerms() {
      throw new WtildeError('InvalidOption', {
        what: 'the terms of this evidence have no derivatives of their own',
        where: 'gradientOfTerms',
        expected: 'a source of any sign, and a regularization that is a graph',
        actual: 'a positive source, or a regularization that is a matrix',
        remedy: 'use the gradient of the whole evidence',
      });
    },
  };
}

function once<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

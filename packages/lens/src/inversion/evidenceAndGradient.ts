import { type AbortSignalLike, type KernelResult, type NdArray, real } from '@wtilde/core-types';
import type { DispatchEvent, Dispatcher, ErrorEstimate, Recorded } from '@wtilde/dispatch';
import type { DerivativeErrors, Derivatives } from '@wtilde/numerics';
import type { Mapper } from '../mapper/mapper.js';
import { mappingOf } from '../mapper/mappingArguments.js';
import type { GraphPrior } from '../regularization/kind.js';
import type { Warning } from '../warnings/warning.js';
import type { EvidenceDerivativesFrom } from './boundEvidence.js';
import type { EvidenceTerms } from './evidence.js';
import { type EvidenceGradient, gradientOf } from './gradient.js';
import type { Mapped } from './mapperOf.js';
import type { Model } from './model.js';
import { throughGraph } from './modelDerivatives.js';
import type { PreparedDataset } from './prepare.js';
import { graphArguments } from './regularize.js';

/** The terms of an evidence that depend on the model. */
export type DifferentiableTerm =
  | 'chiSquared'
  | 'regularizationTerm'
  | 'logDetCurvatureRegMatrix'
  | 'logDetRegularizationMatrix';

/** The evidence of one lens model with its derivatives. */
export interface EvidenceAndGradient {
  /** As that of `evidence`. */
  readonly logEvidence: number;
  readonly terms: EvidenceTerms;
  /** (S) brightness of the source pixels. */
  readonly reconstruction: NdArray<'real'>;
  /** (S) standard deviations of the reconstruction. */
  readonly reconstructionNoiseMap: NdArray<'real'>;
  readonly mapper: Mapper;
  readonly warnings: readonly Warning[];
  /**
   * The derivatives of the log evidence by the path of each parameter as lens.json writes it (mass.0.einsteinRadius,
   * mass.0.centre.0, mass.0.angle per degree, ...) and by `regularization.coefficient`. Not by differences: see
   * `lensGradient` and the adjoints of the mappers.
   */
  readonly gradient: EvidenceGradient;
  /** How far the log evidence may be off for what was made in float32; absent where nothing was. */
  readonly errorEstimate?: ErrorEstimate;
  /**
   * How far each derivative of `gradient` may be off for what was made in float32, in about 99 of 100 cases; what is known of
   * that error is taken off the gradient already. Infinite where nothing can be promised, absent where nothing was made in
   * float32. The terms by themselves are neither corrected nor estimated.
   */
  readonly gradientErrors?: EvidenceGradient;
  /** What ran it: backend, method, and why; the steps where it ran along its route. Of this evaluation alone. */
  readonly ran: readonly DispatchEvent[];
  /**
   * The same of each term by itself; logEvidence is -1/2 [chiSquared + regularizationTerm + ...]. On the first call.
   *
   * @throws InvalidOption for a positive source, and for regularizations that are no graph
   */
  gradientOfTerms(): Readonly<Record<DifferentiableTerm, EvidenceGradient>>;
}

/** Binds a dataset to the kernel that gives an evidence with its derivatives. */
export function bindDerivatives(dispatcher: Dispatcher, prepared: PreparedDataset): EvidenceDerivativesFrom {
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = prepared.sums;
  const fixed = { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization };
  if (prepared.gains === undefined) return dispatcher.evidenceDerivativesViaWCompactFrom.bind(fixed);
  const lostColumns = prepared.gains.columns;
  return dispatcher.evidenceDerivativesViaWCompactLessColumnsFrom.bind({ ...fixed, lostColumns });
}

/** A model that has been mapped, with its prior. */
export interface DifferentiableModel {
  readonly model: Model;
  readonly mapped: Mapped;
  readonly prior: GraphPrior;
  /** (M, 2) of the image pixels, in arcsec. */
  readonly grid: NdArray<'real'>;
}

/** What the kernel knows: all but what the dataset and the model are warned of. */
type EvidenceOfKernel = Omit<EvidenceAndGradient, 'warnings' | 'terms'> & {
  readonly terms: Omit<EvidenceTerms, 'chiSquared0'>;
};

/** What the kernel gives for a mapping and a graph, and what ran it. */
export async function recordOfDerivatives(
  derivativesFrom: EvidenceDerivativesFrom,
  mapper: Mapper,
  { graph }: GraphPrior,
  how: { readonly signal?: AbortSignalLike | undefined; readonly onEvent?: (event: DispatchEvent) => void } = {},
): Promise<Recorded<KernelResult<'evidenceDerivativesViaWCompactFrom'>>> {
  return await derivativesFrom.record({ ...mappingOf(mapper), ...graphArguments(graph) }, how);
}

/** A gradient without the known part of its error, and how far it may still be off. */
function corrected(
  gradient: EvidenceGradient,
  { known, samples, errorLeft }: DerivativeErrors,
  toParameters: (derivatives: Derivatives) => EvidenceGradient,
): { readonly gradient: EvidenceGradient; readonly gradientErrors: EvidenceGradient } {
  const ofKnown = toParameters(known);
  const ofSamples = samples.map(toParameters);
  const byPath = (value: (path: string) => number) =>
    Object.fromEntries(Object.keys(gradient).map((path) => [path, value(path)]));
  return {
    gradient: byPath((path) => gradient[path] - ofKnown[path]),
    gradientErrors: byPath((path) =>
      errorLeft(
        ofKnown[path],
        ofSamples.map((sample) => sample[path]),
      ),
    ),
  };
}

/** A gradient of which nothing can be promised. */
function unpromised(gradient: EvidenceGradient) {
  const infinite = Object.fromEntries(Object.keys(gradient).map((path) => [path, Number.POSITIVE_INFINITY]));
  return { gradient, gradientErrors: infinite };
}

/** Runs the kernel and takes its derivatives on to the parameters. */
export async function evidenceAndGradient(
  derivativesFrom: EvidenceDerivativesFrom,
  { model, mapped, prior, grid }: DifferentiableModel,
  signal?: AbortSignalLike | undefined,
): Promise<EvidenceOfKernel> {
  const { mapper } = mapped;
  const ran: DispatchEvent[] = [];
  const onEvent = (event: DispatchEvent) => {
    if ('backend' in event) ran.push(event);
  };
  const { result: record, record: run } = await recordOfDerivatives(derivativesFrom, mapper, prior, {
    signal,
    onEvent,
  });
  const errorEstimate = run.ran === 'composed' ? run.errorEstimate : undefined;
  const toParameters = (derivatives: Derivatives) => gradientOf(throughGraph(derivatives, prior), model, mapped, grid);
  const derivatives = derivativesOfTerms(record);
  const found = toParameters({
    byMapping: record.logEvidenceByMapping.data,
    byWeights: record.logEvidenceByWeights.data,
    byDiagonal: record.logEvidenceByDiagonal.data,
  });
  let ofTerms: Readonly<Record<DifferentiableTerm, EvidenceGradient>> | undefined;
  return {
    logEvidence: record.logEvidence,
    terms: {
      chiSquared: record.chiSquared,
      regularizationTerm: record.regularizationTerm,
      logDetCurvatureRegMatrix: record.logDetCurvatureRegMatrix,
      logDetRegularizationMatrix: record.logDetRegularizationMatrix,
      noiseNormalization: record.noiseNormalization,
    },
    reconstruction: record.reconstruction,
    reconstructionNoiseMap: real(record.logDetCurvatureRegMatrixByDiagonal.data.map(Math.sqrt)),
    mapper,
    ...(errorEstimate === undefined
      ? { gradient: found }
      : {
          errorEstimate,
          ...(errorEstimate.derivatives === undefined
            ? unpromised(found)
            : corrected(found, errorEstimate.derivatives, toParameters)),
        }),
    ran,
    gradientOfTerms() {
      ofTerms ??= {
        chiSquared: toParameters(derivatives.chiSquared()),
        regularizationTerm: toParameters(derivatives.regularizationTerm()),
        logDetCurvatureRegMatrix: toParameters(derivatives.logDetCurvatureRegMatrix()),
        logDetRegularizationMatrix: toParameters(derivatives.logDetRegularizationMatrix()),
      };
      return ofTerms;
    },
  };
}

/** The derivatives of every term from those of the log evidence and of three terms. */
function derivativesOfTerms(
  record: KernelResult<'evidenceDerivativesViaWCompactFrom'>,
): Readonly<Record<DifferentiableTerm, () => Derivatives>> {
  /** What is left of logEvidence = -1/2 [chiSquared + regularizationTerm + logDetCurvature... - logDetRegularization...]. */
  const remainder = (total: Float64Array, chi: Float64Array, posterior: Float64Array, prior?: Float64Array) =>
    total.map((value, at) => -2 * value - chi[at] - posterior[at] + (prior?.[at] ?? 0));
  return {
    chiSquared: () => ({
      byMapping: record.chiSquaredByMapping.data,
      byWeights: record.chiSquaredByWeights.data,
      byDiagonal: record.chiSquaredByDiagonal.data,
    }),
    logDetCurvatureRegMatrix: () => ({
      byMapping: record.logDetCurvatureRegMatrixByMapping.data,
      byWeights: record.logDetCurvatureRegMatrixByWeights.data,
      byDiagonal: record.logDetCurvatureRegMatrixByDiagonal.data,
    }),
    logDetRegularizationMatrix: () => ({
      byMapping: new Float64Array(record.logEvidenceByMapping.data.length),
      byWeights: record.logDetRegularizationMatrixByWeights.data,
      byDiagonal: record.logDetRegularizationMatrixByDiagonal.data,
    }),
    regularizationTerm: () => ({
      byMapping: remainder(
        record.logEvidenceByMapping.data,
        record.chiSquaredByMapping.data,
        record.logDetCurvatureRegMatrixByMapping.data,
      ),
      byWeights: remainder(
        record.logEvidenceByWeights.data,
        record.chiSquaredByWeights.data,
        record.logDetCurvatureRegMatrixByWeights.data,
        record.logDetRegularizationMatrixByWeights.data,
      ),
      byDiagonal: remainder(
        record.logEvidenceByDiagonal.data,
        record.chiSquaredByDiagonal.data,
        record.logDetCurvatureRegMatrixByDiagonal.data,
        record.logDetRegularizationMatrixByDiagonal.data,
      ),
    }),
  };
}

/**
 * The derivatives of the log evidence of a positive source s: that is stationary on its support, so that those of chi^2 and
 * s^t H s are what they are for a source of any sign, with this s; the determinants are those of the whole matrices.
 *
 * @param residual (M) the dirty image of what s does not explain
 */
export function derivativesOfPositive(
  record: KernelResult<'evidenceDerivativesViaWCompactFrom'>,
  { mapper }: Pick<Mapped, 'mapper'>,
  { graph }: GraphPrior,
  s: Float64Array,
  residual: Float64Array,
): Derivatives {
  const { data: indexes, shape } = mapper.pixIndexesForSubSlimIndex;
  const slots = graph.weights.length / graph.order;
  const by = (of: 'Weights' | 'Diagonal', square: (at: number) => number) =>
    record[`logDetCurvatureRegMatrixBy${of}`].data.map(
      (value, at) => -(square(at) + value - record[`logDetRegularizationMatrixBy${of}`].data[at]) / 2,
    );
  return {
    byMapping: record.logDetCurvatureRegMatrixByMapping.data.map((value, at) =>
      indexes[at] < 0 ? 0 : s[indexes[at]] * residual[Math.floor(at / shape[1])] - value / 2,
    ),
    byWeights: by('Weights', (at) => {
      const [i, slot] = [Math.floor(at / slots), at % slots];
      return slot < graph.sizes[i] ? (s[i] - s[graph.neighbors[at]]) ** 2 : 0;
    }),
    byDiagonal: by('Diagonal', (i) => s[i] * s[i]),
  };
}

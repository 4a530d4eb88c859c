import { isWtildeError, WtildeError } from '@wtilde/core-types';
import {
  type Inversion,
  isImageMesh,
  type LensModel,
  type LightModel,
  type Model,
  type Regularization,
} from '@wtilde/lens';
import { followsAdaptImage } from '../model/adaptImage.js';
import type { LensModelWithPriors } from '../model/lensModelWithPriors.js';
import { type Penalty, positionsPenalty } from '../model/positions.js';
import { coefficientsOf, smoothedBy, smoothingPower } from '../model/smoothing.js';
import { type Easing, type Evaluation, evaluationOf, failed, type Objective } from '../objective.js';

type Asked = Parameters<Inversion['evidence']>[0];

/** What gives evidences: an inversion of `@wtilde/lens`, or a joint one. */
export interface EvidenceSource {
  evidence(model: Asked): Promise<{ readonly logEvidence: number }>;
  evidenceAndGradient(
    model: Asked,
  ): Promise<{ readonly logEvidence: number; readonly gradient: Readonly<Record<string, number>> }>;
  /** Where light profiles may be fitted: those of one dataset. */
  readonly lightEvidence?: Inversion['lightEvidence'];
}

/**
 * The objective of a lens model with priors: the log evidence of the data with the source averaged over, plus the penalty
 * of known positions. Here the optimisers and samplers meet the lens; nothing else of this package knows of one. Where
 * light profiles are fitted it is the evidence of all the light, which has no gradient.
 *
 * Models at which there is no evidence, such as a mesh that collapses, are failed evaluations; what says that no model
 * could be evaluated (a lost device, a signal) is thrown.
 */
export function evidenceObjective(source: EvidenceSource, model: LensModelWithPriors): Objective {
  const { lightModelAt } = model;
  if (lightModelAt === undefined) return pixelObjective(source, model);
  const { lightEvidence } = source;
  if (lightEvidence === undefined) throw noLight();
  return lightObjective(lightEvidence, model, lightModelAt);
}

function noLight(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'light profiles are fitted to one dataset',
    where: 'evidenceObjective',
    expected: 'an inversion of one dataset, or a source of pixels alone',
    actual: 'several datasets and light profiles',
    remedy: 'leave the light out, or take one dataset',
  });
}

function lightObjective(
  lightEvidence: Inversion['lightEvidence'],
  model: LensModelWithPriors,
  lightModelAt: (values: ArrayLike<number>) => LightModel,
): Objective {
  return {
    parameters: model.parameters,
    hasGradient: false,
    async evaluate(points, { signal }) {
      const evaluations: Evaluation[] = [];
      for (const point of points) {
        try {
          const at = lightModelAt(point);
          const { logEvidence } = await lightEvidence({ ...at, solve: model.solve, signal });
          evaluations.push(evaluationOf(logEvidence + penaltyAt(model, at.lens).value));
        } catch (error) {
          if (!saysNoValue(error)) throw error;
          evaluations.push(failed(error.message));
        }
      }
      return evaluations;
    },
  };
}

function pixelObjective(source: EvidenceSource, model: LensModelWithPriors): Objective {
  return {
    parameters: model.parameters,
    hasGradient: hasSmoothEvidence(model),
    easing: easingOf(model),
    async evaluate(points, { gradient, ease = 1, signal }) {
      const evaluations: Evaluation[] = [];
      for (const point of points) {
        try {
          const at = smoothed(model.modelAt(point), ease);
          const penalty = penaltyAt(model, at.lens);
          const asked = { ...at, solve: model.solve, signal };
          if (!gradient) {
            evaluations.push(evaluationOf((await source.evidence(asked)).logEvidence + penalty.value));
            continue;
          }
          const { logEvidence, gradient: byPath } = await source.evidenceAndGradient(asked);
          const slopes = slopesOf(model, eased(byPath, at.regularization, ease), penalty);
          evaluations.push(evaluationOf(logEvidence + penalty.value, slopes));
        } catch (error) {
          if (!saysNoValue(error)) throw error;
          evaluations.push(failed(error.message));
        }
      }
      return evaluations;
    },
  };
}

/**
 * How much more than the data ask for a source is smoothed on the way to a maximum. Where a model is wrong, an evidence with
 * the coefficients that suit it has ripples of some 1e-3 arcsec and many maxima; with a smoother source it has one.
 *
 * Where bright and dark pixels have coefficients of their own, all begin as their geometric mean and grow as one. An adapt
 * image says which pixels are bright where the lens is known; before that, a search that lets bright ones free ends at wrong
 * lenses that bring much together there.
 */
function easingOf({ parameters, regularization }: Pick<LensModelWithPriors, 'parameters' | 'regularization'>): Easing {
  if (regularization === undefined) return {};
  const names = Object.keys(coefficientsOf(regularization));
  const held = names
    .map((name) => parameters.findIndex(({ path }) => path === `regularization.${name}`))
    .filter((place) => place >= 0);
  if (held.length === 0) return {};
  if (held.length < names.length) return { held };
  const logs = held.map((at) => Math.log(parameters[at].prior.valueAt(0.5)));
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const begin = held.length === 1 ? undefined : held.map(() => mean);
  return { held, begin, power: smoothingPower(regularization) };
}

function smoothed(model: Model, ease: number): Model {
  return { ...model, regularization: smoothedBy(model.regularization, ease) };
}

/** Whether the evidence on its mesh has no jumps, so that its gradient leads somewhere. */
function hasSmoothEvidence({ mesh, regularization }: Pick<LensModelWithPriors, 'mesh' | 'regularization'>): boolean {
  if (mesh === undefined) return false;
  if (isImageMesh(mesh)) return mesh.interpolation !== 'barycentric';
  // On cells the signals of an adapt image are counted, by pixels that come and go.
  if (regularization !== undefined && followsAdaptImage(regularization)) return false;
  return !('cdf' in mesh && mesh.cdf === 'rank');
}

/** By the coefficients of the problem itself, from those by the coefficients of an easier version. */
function eased(
  byPath: Readonly<Record<string, number>>,
  regularization: Regularization,
  ease: number,
): Readonly<Record<string, number>> {
  const factor = ease ** smoothingPower(regularization);
  const paths = Object.keys(coefficientsOf(regularization)).map((name) => `regularization.${name}`);
  return { ...byPath, ...Object.fromEntries(paths.map((path) => [path, factor * (byPath[path] ?? 0)])) };
}

/** By the parameters, from those by every path. */
function slopesOf(
  model: LensModelWithPriors,
  byPath: Readonly<Record<string, number>>,
  penalty: Penalty,
): Float64Array {
  const sums: Record<string, number> = { ...byPath };
  for (const [path, slope] of Object.entries(penalty.gradient)) sums[path] = (sums[path] ?? 0) + slope;
  return model.gradientFrom(sums);
}

function penaltyAt({ positions }: LensModelWithPriors, lens: LensModel): Penalty {
  return positions === undefined ? { value: 0, gradient: {} } : positionsPenalty(lens, positions);
}

/** Of this model; what is wrong with the adapt image is wrong with all of them. */
function saysNoValue(error: unknown): error is Error {
  if (isWtildeError(error, 'NumericalFailure')) return true;
  return isWtildeError(error, 'InvalidValue') && error.where !== 'adaptImage';
}

import { isWtildeError, WtildeError } from '@wtilde/core-types';
import { type Inversion, isImageMesh, type LensModel, type LightModel, type Model } from '@wtilde/lens';
import { withCoefficient } from '../model/coefficient.js';
import type { LensModelWithPriors } from '../model/lensModelWithPriors.js';
import { type Penalty, positionsPenalty } from '../model/positions.js';
import { type Easing, type Evaluation, evaluationOf, failed, type Objective } from '../objective.js';

const coefficientPath = 'regularization.coefficient';

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
          evaluations.push(evaluationOf(logEvidence + penalty.value, slopesOf(model, byPath, penalty, ease)));
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
 * the coefficient that suits it has ripples of some 1e-3 arcsec and many maxima; with a smoother source it has one.
 */
function easingOf({ parameters }: Pick<LensModelWithPriors, 'parameters'>): Easing {
  const held = parameters.findIndex(({ path }) => path === coefficientPath);
  return held < 0 ? {} : { held };
}

function smoothed(model: Model, ease: number): Model {
  const { regularization } = model;
  if (!('coefficient' in regularization)) return model;
  return { ...model, regularization: withCoefficient(regularization, ease * regularization.coefficient) };
}

/** Whether the evidence on its mesh has no jumps, so that its gradient leads somewhere. */
function hasSmoothEvidence({ mesh }: Pick<LensModelWithPriors, 'mesh'>): boolean {
  if (mesh === undefined) return false;
  return isImageMesh(mesh) ? mesh.interpolation !== 'barycentric' : !('cdf' in mesh && mesh.cdf === 'rank');
}

/** By the parameters, from those by every path. */
function slopesOf(
  model: LensModelWithPriors,
  byPath: Readonly<Record<string, number>>,
  penalty: Penalty,
  ease: number,
): Float64Array {
  const sums: Record<string, number> = { ...byPath };
  if (coefficientPath in sums) sums[coefficientPath] *= ease;
  for (const [path, slope] of Object.entries(penalty.gradient)) sums[path] = (sums[path] ?? 0) + slope;
  return model.gradientFrom(sums);
}

function penaltyAt({ positions }: LensModelWithPriors, lens: LensModel): Penalty {
  return positions === undefined ? { value: 0, gradient: {} } : positionsPenalty(lens, positions);
}

function saysNoValue(error: unknown): error is Error {
  return isWtildeError(error, 'InvalidValue') || isWtildeError(error, 'NumericalFailure');
}

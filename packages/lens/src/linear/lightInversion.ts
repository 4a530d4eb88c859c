import { type AbortSignalLike, type NdArray, real, throwIfAborted } from '@wtilde/core-types';
import { checkGiven } from '../arguments/checkArguments.js';
import { type BackendOptions, hostDispatcher } from '../inversion/hostDispatcher.js';
import { mapperOf } from '../inversion/mapperOf.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { evidentPriorOf, matrixOfPrior } from '../inversion/regularize.js';
import { imageFrom } from '../light/image.js';
import type { LightProfile } from '../light/kinds.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf, type MaskGeometry } from '../mask/geometry.js';
import { timesRows } from '../mask/primaryBeam.js';
import { rayTrace } from '../mass/lensing.js';
import { imageOf, withColumns } from './columns.js';
import { checkLightModel, defaultRidge, type LightModel } from './lightModel.js';
import { solveLight } from './solveLight.js';

/** How well light explains the visibilities, and the light that does it best. */
export interface LightEvidence {
  /**
   * -1/2 [chiSquared + noiseNormalization] where nothing but profiles is fitted, the log likelihood; with pixels
   * -1/2 [chiSquared + s^t H s + log det(F + H) - log det H + noiseNormalization], determinants over pixels only. As
   * PyAutoLens' `figure_of_merit`.
   */
  readonly logEvidence: number;
  readonly terms: {
    /** With the prior of the ridge. */
    readonly chiSquared: number;
    readonly regularizationTerm: number;
    readonly logDetCurvatureRegMatrix: number;
    readonly logDetRegularizationMatrix: number;
    readonly noiseNormalization: number;
  };
  /** Factors of the intensities of the linear profiles, and their standard deviations. */
  readonly linear: { readonly source: Factors; readonly lens: Factors };
  /** (S) brightness of the source pixels, where there are any. */
  readonly reconstruction?: NdArray<'real'>;
  readonly mapper?: Mapper;
  /** (M) all of the light, as it is seen. */
  readonly image: NdArray<'real'>;
}

/** (L) each. */
export interface Factors {
  readonly factors: NdArray<'real'>;
  readonly errors: NdArray<'real'>;
}

/** A dataset made ready once, to be confronted with light profiles. */
export interface LightInversion {
  readonly geometry: MaskGeometry;
  /**
   * The log likelihood or evidence of a model of light. Costs nothing per visibility; O(M log M) for every profile.
   *
   * @throws InvalidValue for profiles out of domain or a model without light; NumericalFailure where linear profiles cannot
   *   be told apart; what backends throw; Aborted.
   */
  evidence(model: LightModel & { readonly signal?: AbortSignalLike | undefined }): Promise<LightEvidence>;
}

/**
 * An inversion for light profiles over a dataset that has been prepared.
 *
 * Given light is one more column b of the mapping, so that F holds T^t W b and b^t W b: the data vector less the one,
 * chi^2 of an empty source less 2 b^t d plus the other, are those of the visibilities less that light. Linear profiles
 * are columns too, their images at unit factor.
 *
 * @throws MissingArgument, InvalidOption
 */
export function lightInversionFrom(prepared: PreparedDataset, options: BackendOptions): LightInversion {
  checkGiven(prepared, 'lightInversionFrom', ['mask', 'sums']);
  checkGiven(options, 'lightInversionFrom', ['backends']);
  const { mask, sums, primaryBeam } = prepared;
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = sums;
  const geometry = geometryOf(mask);
  const dispatcher = hostDispatcher(options);
  const seen = (image: Float64Array) => (primaryBeam === undefined ? image : timesRows(image, primaryBeam));
  const dirtyColumn = real(dirtyImage.data, [dirtyImage.data.length, 1]);

  async function evidence(given: Parameters<LightInversion['evidence']>[0]): Promise<LightEvidence> {
    checkLightModel(given);
    const { lens, linear, pixels: model, ridge = defaultRidge, signal } = given;
    throwIfAborted(signal, 'lightEvidence');
    const { grid } = geometry;
    const traced = rayTrace(lens.mass, grid);
    const imagesOf = (profiles: readonly LightProfile[] = [], at = grid) =>
      profiles.map((profile) => seen(imageFrom(profile, at).data));
    const fixed = [...imagesOf(lens.light, traced), ...imagesOf(lens.lensLight)];
    const givenImage = new Float64Array(geometry.pixels);
    for (const image of fixed) for (let at = 0; at < image.length; at++) givenImage[at] += image[at];
    const source = imagesOf(linear?.source, traced);
    const own = imagesOf(linear?.lens);

    const mapped = model === undefined ? undefined : mapperOf(mask, geometry, { lens, mesh: model.mesh }, primaryBeam);
    const columns = withColumns(mapped?.mapper, [...source, ...own, givenImage], geometry.pixels);
    const [curvature, column, prior] = await Promise.all([
      dispatcher.curvatureMatrixViaWCompactSparseMappingMatrixFrom(
        { wCompact, nativeIndexForSlimIndex, ...columns },
        { signal },
      ),
      dispatcher.sparseMappingMatrixTransposeMatmul({ matrix: dirtyColumn, ...columns }, { signal }),
      mapped === undefined || model === undefined
        ? undefined
        : matrixOfPrior(dispatcher, evidentPriorOf(model.regularization, mapped), signal),
    ]);
    const S = mapped?.mapper.pixels ?? 0;
    const solved = solveLight({
      curvature: curvature.data,
      dataVector: column.data,
      regularization: prior?.matrix,
      pixels: S,
      profiles: source.length + own.length,
      ridge,
      chiSquared0,
    });
    const { solution, errors, chiSquared, regularizationTerm, logDetCurvatureRegMatrix } = solved;
    const logDetRegularizationMatrix = prior?.logDet ?? 0;
    const factorsOf = (from: number, count: number): Factors => ({
      factors: real(solution.slice(S + from, S + from + count)),
      errors: real(errors.slice(from, from + count)),
    });
    return {
      logEvidence:
        -(
          chiSquared +
          regularizationTerm +
          logDetCurvatureRegMatrix -
          logDetRegularizationMatrix +
          noiseNormalization
        ) / 2,
      terms: {
        chiSquared,
        regularizationTerm,
        logDetCurvatureRegMatrix,
        logDetRegularizationMatrix,
        noiseNormalization,
      },
      linear: { source: factorsOf(0, source.length), lens: factorsOf(source.length, own.length) },
      ...(mapped === undefined ? {} : { reconstruction: real(solution.slice(0, S)), mapper: mapped.mapper }),
      image: imageOf(columns, Float64Array.of(...solution, 1)),
    };
  }

  return { geometry, evidence };
}

import { type AbortSignalLike, type NdArray, real, throwIfAborted } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { curvatureMatrixOf } from '../gains/curvature.js';
import type { EvidenceTerms, PositiveCertificate } from '../inversion/evidence.js';
import { mappedImage } from '../inversion/mappedImage.js';
import { type Mapped, mapperOf } from '../inversion/mapperOf.js';
import { isPositive, maskOfZeroed } from '../inversion/positive.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { evidentPriorOf, type MakePrior, matrixOfPrior } from '../inversion/regularize.js';
import { imageFrom } from '../light/image.js';
import { givenLight, isLinear, type LinearLightProfile, unitImagesFrom } from '../light/linearKinds.js';
import type { Mapper } from '../mapper/mapper.js';
import type { MaskGeometry } from '../mask/geometry.js';
import { timesRows } from '../mask/primaryBeam.js';
import { planeGridsOf } from '../planes/lensPlanes.js';
import { imageOf, withColumns } from './columns.js';
import { defaultRidge, type LightModel, type LightPlane, lightPlanesOf } from './lightModel.js';
import { solveLight } from './solveLight.js';

/** How well light explains the visibilities, and the light that does it best. */
export interface LightEvidence {
  /**
   * -1/2 [chiSquared + noiseNormalization] where nothing but profiles is fitted, the log likelihood; with pixels
   * -1/2 [chiSquared + s^t H s + log det(F + H) - log det H + noiseNormalization], determinants over pixels only. As
   * PyAutoLens' `figure_of_merit`.
   */
  readonly logEvidence: number;
  /** chi-squared with the prior of the ridge. */
  readonly terms: EvidenceTerms;
  /** The linear profiles, nearest plane first. */
  readonly linear: readonly SolvedProfile[];
  /** The reconstructed sources, nearest plane first. */
  readonly sources: readonly PixelSource[];
  /** (M) all of the light, as it is seen. */
  readonly image: NdArray<'real'>;
  /** Where nothing may be negative. */
  readonly positive?: PositiveCertificate;
}

/** A linear profile with its intensity, those of a `MultiGaussian` from the narrowest to the widest. */
export interface SolvedProfile {
  /** Where lens.json has it, such as light.0. */
  readonly path: string;
  readonly type: LinearLightProfile['type'];
  readonly intensities: NdArray<'real'>;
  /** Their standard deviations, for light of any sign. */
  readonly errors: NdArray<'real'>;
}

/** A source made of pixels. */
export interface PixelSource {
  /** 0 where the planes have none. */
  readonly redshift: number;
  readonly mapper: Mapper;
  /** (S, 2) the source pixels in the image plane, where the mesh is one of points. */
  readonly imageMesh?: NdArray<'real'> | undefined;
  /** (S) */
  readonly reconstruction: NdArray<'real'>;
  /** (S) standard deviations, for light of any sign. */
  readonly reconstructionNoiseMap: NdArray<'real'>;
  /** (M) the source as it is seen, without all other light. */
  mappedReconstructedImage(): NdArray<'real'>;
}

/**
 * `lightEvidence` of an inversion over a dataset that has been prepared.
 *
 * Given light is one more column b of the mapping, so that F holds T^t W b and b^t W b: the data vector less the one,
 * chi^2 of an empty source less 2 b^t d plus the other, are those of the visibilities less that light. Linear profiles
 * are columns too, their images at unit intensity.
 */
export function lightEvidenceOf(
  prepared: PreparedDataset,
  geometry: MaskGeometry,
  dispatcher: Dispatcher,
  makePrior: MakePrior,
): (model: LightModel & { readonly signal?: AbortSignalLike | undefined }) => Promise<LightEvidence> {
  const { mask, sums, primaryBeam } = prepared;
  const { dirtyImage, chiSquared0, noiseNormalization } = sums;
  const { grid } = geometry;
  const seen = (image: Float64Array) => (primaryBeam === undefined ? image : timesRows(image, primaryBeam));
  const dirtyColumn = real(dirtyImage.data, [dirtyImage.data.length, 1]);

  /** The light of all planes, as columns. */
  function lightOf(planes: readonly LightPlane[], grids: readonly NdArray<'real'>[]) {
    const given = new Float64Array(geometry.pixels);
    const linear = planes.flatMap(({ light, lightPath }, at) => {
      const image = seen(imageFrom(givenLight(light), grids[at]).data);
      for (let pixel = 0; pixel < given.length; pixel++) given[pixel] += image[pixel];
      return light.flatMap((profile, index) => {
        if (!isLinear(profile)) return [];
        const path = `${lightPath}.${index}`;
        return [{ path, type: profile.type, images: unitImagesFrom(profile, grids[at], path).map(seen) }];
      });
    });
    return { given, linear };
  }

  return async (asked) => {
    const planes = lightPlanesOf(asked);
    const { lens, adaptImage, useBorderRelocator, solve, zeroedPixels, ridge = defaultRidge, signal } = asked;
    const positive = isPositive({ solve, zeroedPixels });
    throwIfAborted(signal, 'lightEvidence');
    const { given, linear } = lightOf(planes, planeGridsOf(lens, grid));
    const images = linear.flatMap((each) => each.images);
    const mapped = planes.flatMap(({ redshift, pixels }, plane) => {
      if (pixels === undefined) return [];
      const { mesh, regularization } = pixels;
      const found: Mapped = mapperOf(
        mask,
        geometry,
        { lens, mesh, adaptImage, useBorderRelocator },
        primaryBeam,
        plane,
      );
      return [{ redshift, mapped: found, prior: evidentPriorOf(regularization, found) }];
    });
    const mappers = mapped.map(({ mapped: { mapper } }) => mapper);
    const columns = withColumns(mappers, [...images, given], geometry.pixels);
    const [curvature, column, priors] = await Promise.all([
      curvatureMatrixOf(dispatcher, prepared, columns, { signal }),
      dispatcher.sparseMappingMatrixTransposeMatmul({ matrix: dirtyColumn, ...columns }, { signal }),
      Promise.all(
        mapped.map(async ({ prior }) => await matrixOfPrior(dispatcher, await makePrior(prior, signal), signal)),
      ),
    ]);
    const S = mappers.reduce((sum, { pixels }) => sum + pixels, 0);
    const solved = solveLight({
      curvature: curvature.data,
      dataVector: column.data,
      regularizations: priors.map(({ matrix }, at) => ({ matrix, pixels: mappers[at].pixels })),
      profiles: images.length,
      ridge,
      chiSquared0,
      heldAtZero: positive ? heldAtZero(zeroedPixels, S, images.length) : undefined,
    });
    const { solution, chiSquared, regularizationTerm, logDetCurvatureRegMatrix } = solved;
    const logDetRegularizationMatrix = priors.reduce((sum, { logDet }) => sum + logDet, 0);
    const terms = {
      chiSquared,
      regularizationTerm,
      logDetCurvatureRegMatrix,
      logDetRegularizationMatrix,
      noiseNormalization,
      chiSquared0,
    };
    const errors = solved.errors();
    let at = 0;
    const next = (count: number) => {
      at += count;
      return { values: real(solution.slice(at - count, at)), errors: real(errors.slice(at - count, at)) };
    };
    return {
      logEvidence:
        -(
          chiSquared +
          regularizationTerm +
          logDetCurvatureRegMatrix -
          logDetRegularizationMatrix +
          noiseNormalization
        ) / 2,
      terms,
      sources: mapped.map(({ redshift, mapped: { mapper, imageMesh } }) => {
        const { values, errors } = next(mapper.pixels);
        const mappedReconstructedImage = () => mappedImage(mapper, values);
        const source = { reconstruction: values, reconstructionNoiseMap: errors, mappedReconstructedImage };
        return { redshift, mapper, imageMesh, ...source };
      }),
      linear: linear.map(({ path, type, images }) => {
        const { values, errors } = next(images.length);
        return { path, type, intensities: values, errors };
      }),
      image: imageOf(columns, Float64Array.of(...solution, 1)),
      ...(solved.positive === undefined ? {} : { positive: certificateOf(solved.positive) }),
    };
  };
}

function heldAtZero(zeroedPixels: readonly number[] | undefined, pixels: number, profiles: number): Uint8Array {
  const held = new Uint8Array(pixels + profiles);
  held.set(maskOfZeroed(zeroedPixels, pixels) ?? []);
  return held;
}

function certificateOf({
  reconstruction,
  violation,
  iterations,
}: NonNullable<ReturnType<typeof solveLight>['positive']>): PositiveCertificate {
  return { violation, iterations, pixels: reconstruction.filter((value) => value > 0).length };
}

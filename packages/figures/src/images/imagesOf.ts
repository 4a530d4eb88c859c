import { type NdArray, real } from '@wtilde/core-types';
import { createSourceInterpolator, dirtyImageOf, geometryOf, type MaskGeometry } from '@wtilde/lens';
import { type Result, standardUnit } from '../result.js';
import { gridOver, type Region, regionOf } from './region.js';
import type { SkyImage } from './skyImage.js';

/** The images of a result. Dirty ones have natural weights. */
export interface Images {
  /** What was measured, in flux per beam. */
  readonly dirtyImage: SkyImage;
  /** The source as it is seen through the lens, in flux per square arcsec. */
  readonly lensedSource: SkyImage;
  /** What the interferometer makes of the lensed source, in flux per beam. */
  readonly dirtyModel: SkyImage;
  /** The dirty image less that of the model, in flux per beam. */
  readonly dirtyResiduals: SkyImage;
  /** The source on a regular grid over its mesh, interpolated as the mapper does, in flux per square arcsec. */
  readonly source: SkyImage;
  /**
   * Its standard deviation: that of the source pixels, interpolated alike. On a source pixel it is the standard deviation;
   * between them it is not less than it, whatever the correlations are.
   */
  readonly sourceNoise: SkyImage;
  /** Standard deviation of the dirty images, in flux per beam: 1 / sqrt(sum of weights). */
  readonly dirtyNoise: number;
}

/**
 * The images of a result, on the square of pixels around the mask and around the mesh.
 *
 * Cost: O(M^2) for the dirty image of the model, O(S^3) for the noise of the source, where the evidence has not been
 * asked for it before.
 */
export function imagesOf(result: Result): Images {
  const { prepared, evidence, unit = standardUnit } = result;
  const { sums, mask } = prepared;
  const geometry = geometryOf(mask);
  const { pixelScale, gridSize } = geometry;
  // W of a pixel with itself is the sum of weights.
  const weights = sums.wCompact.data[gridSize - 1];
  const brightness = 1 / pixelScale ** 2;
  const image = evidence.mappedReconstructedImage();
  const dirty = sums.dirtyImage.data;
  const model = dirtyImageOf(sums, image).data;
  const perBeam = (values: Float64Array) => onSky(geometry, values, 1 / weights, `${unit}/beam`);
  const { source, noise } = sourceOf(result, regionOf(evidence.mapper.vertices), `${unit}/arcsec2`, brightness);
  return {
    dirtyImage: perBeam(dirty),
    lensedSource: onSky(geometry, image.data, brightness, `${unit}/arcsec2`),
    dirtyModel: perBeam(model),
    dirtyResiduals: perBeam(dirty.map((value, pixel) => value - model[pixel])),
    source,
    sourceNoise: noise,
    dirtyNoise: 1 / Math.sqrt(weights),
  };
}

/** Source and noise over a region of the source plane. */
export function sourceOf({ evidence, model }: Result, region: Region, unit: string, brightness: number) {
  const { rows, columns, pixelScale, centre, grid } = gridOver(region);
  const interpolate = createSourceInterpolator({ mapper: evidence.mapper, mesh: model.mesh, grid });
  const imageOf = (values: NdArray<'real'>): SkyImage => ({
    values: real(
      interpolate(values).data.map((value) => value * brightness),
      [rows, columns],
    ),
    pixelScale,
    centre,
    unit,
  });
  return { source: imageOf(evidence.reconstruction), noise: imageOf(evidence.reconstructionNoiseMap()) };
}

function onSky(geometry: MaskGeometry, slim: Float64Array, factor: number, unit: string): SkyImage {
  const { gridSize, nativeIndexForSlimIndex, topLeft, shapeNative, pixelScale } = geometry;
  const values = new Float64Array(gridSize * gridSize).fill(Number.NaN);
  const native = nativeIndexForSlimIndex.data;
  slim.forEach((value, pixel) => {
    values[native[2 * pixel] * gridSize + native[2 * pixel + 1]] = factor * value;
  });
  const middle = (gridSize - 1) / 2;
  return {
    values: real(values, [gridSize, gridSize]),
    pixelScale,
    centre: [
      -(topLeft[0] + middle - (shapeNative[0] - 1) / 2) * pixelScale,
      (topLeft[1] + middle - (shapeNative[1] - 1) / 2) * pixelScale,
    ],
    unit,
  };
}

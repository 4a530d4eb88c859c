import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import type { Evidence } from '../inversion/evidence.js';
import type { Mesh } from '../mesh/mesh.js';
import { sourceAreas } from './areas.js';

/** A number and its standard deviation. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** What a reconstructed source is. */
export interface SourceMeasurements {
  /** (S) areas of the source pixels in arcsec^2: see `sourceAreas`. */
  readonly areas: NdArray<'real'>;
  /** S' of the S source pixels that count: those of enough signal to noise. */
  readonly pixels: number;
  /** Flux of the source in the unit of the visibilities: sum of brightness times area, over the area of an image pixel. */
  readonly sourceFlux: Measured;
  /** Flux of its images in the unit of the visibilities. */
  readonly imageFlux: Measured;
  /** Flux of the images over that of the source. */
  readonly magnification: Measured;
  readonly brightest: {
    readonly pixel: number;
    /** (y, x) in the source plane, arcsec. */
    readonly position: readonly [number, number];
    /** In the unit of the visibilities per image pixel. */
    readonly brightness: Measured;
  };
}

/**
 * Areas, fluxes, magnification and brightest pixel of the source of an evidence, with errors from the whole covariance
 * C = (F + H)^-1 of the reconstruction s, as neighbouring pixels are hardly ever independent.
 *
 * With areas a in image pixels and t the column sums of T: source flux a^t s +- sqrt(a^t C a), image flux t^t s, and
 * magnification mu = t^t s / a^t s +- sqrt(g^t C g), g = (t - mu a) / a^t s, to first order. The errors are those of noise
 * and regularization at this lens, mesh and coefficient; the lens model's own have to be added.
 *
 * Every pixel counts, the empty ones too: what noise they have is in the errors, that of the corners of a rectangle,
 * which no image pixel sees, in particular. `minimumSignalToNoise` counts only pixels
 * whose brightness is at least so many of their standard deviations, as published areas of sources do; it cuts off
 * their faint rims, so that fluxes come out lower and magnifications higher, which no error tells.
 *
 * Cost: O(S^2) each, and O(S^3) once.
 *
 * @throws InvalidValue where the mesh is not that of the evidence, a number is out of range, and where no
 *   pixel counts; UnknownArgument, MissingArgument.
 */
export function measureSource(
  evidence: Evidence,
  given: {
    /** The mesh that the evidence was asked with. */
    readonly mesh: Mesh;
    /** Side of an image pixel in arcsec: that of the mask. */
    readonly pixelScale: number;
    /** By default every pixel counts. */
    readonly minimumSignalToNoise?: number | undefined;
  },
): SourceMeasurements {
  checkNames(given, { mesh: true, pixelScale: true, minimumSignalToNoise: false }, 'measureSource');
  const { mesh, pixelScale, minimumSignalToNoise } = given;
  checkNumber(pixelScale, { above: 0 }, 'measureSource pixelScale', 'side of an image pixel in arcsec');
  if (minimumSignalToNoise !== undefined) {
    checkNumber(minimumSignalToNoise, {}, 'measureSource minimumSignalToNoise', 'in standard deviations');
  }
  const { mapper, reconstruction } = evidence;
  const s = reconstruction.data;
  const noise = evidence.reconstructionNoiseMap().data;
  const counts = s.map((value, i) =>
    minimumSignalToNoise === undefined || value >= minimumSignalToNoise * noise[i] ? 1 : 0,
  );
  const pixels = counts.reduce((sum, each) => sum + each, 0);
  if (pixels === 0) throw nothingToMeasure(minimumSignalToNoise);
  const areas = sourceAreas(mapper.vertices, mesh);
  const inSource = areas.data.map((area, i) => (counts[i] * area) / (pixelScale * pixelScale));
  const inImage = columnSums(evidence).map((sum, i) => counts[i] * sum);
  const errorOf = (weights: Float64Array) => {
    const product = evidence.reconstructionCovarianceTimes(real(weights)).data;
    return Math.sqrt(Math.max(0, dot(weights, product)));
  };
  const measured = (weights: Float64Array): Measured => ({ value: dot(weights, s), error: errorOf(weights) });
  const sourceFlux = measured(inSource);
  const imageFlux = measured(inImage);
  const ratio = imageFlux.value / sourceFlux.value;
  const brightest = s.reduce((best, value, i) => (value > s[best] ? i : best), 0);
  return {
    areas,
    pixels,
    sourceFlux,
    imageFlux,
    magnification: {
      value: ratio,
      error: errorOf(inImage.map((weight, i) => (weight - ratio * inSource[i]) / sourceFlux.value)),
    },
    brightest: {
      pixel: brightest,
      position: [mapper.vertices.data[2 * brightest], mapper.vertices.data[2 * brightest + 1]],
      brightness: { value: s[brightest], error: noise[brightest] },
    },
  };
}

/** What each source pixel of brightness 1 adds to the image. */
function columnSums({ mapper }: Evidence): Float64Array {
  const sums = new Float64Array(mapper.pixels);
  const weights = mapper.pixWeightsForSubSlimIndex.data;
  const width = mapper.pixIndexesForSubSlimIndex.shape[1];
  let ended = -1;
  mapper.pixIndexesForSubSlimIndex.data.forEach((pixel, at) => {
    const row = Math.floor(at / width);
    if (row === ended) return;
    if (pixel < 0) ended = row;
    else sums[pixel] += weights[at];
  });
  return sums;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function nothingToMeasure(minimum: number | undefined): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'no source pixel is left to be measured',
    where: 'measureSource minimumSignalToNoise',
    expected: 'less than the signal to noise of the brightest pixel',
    actual: `${minimum}`,
    remedy: 'pass a smaller one, or leave it out',
  });
}

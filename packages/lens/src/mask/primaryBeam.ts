/** How much of the sky the antennas see in every direction. */
import { arcsecPerRadian, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import type { Mapper } from '../mapper/mapper.js';
import { geometryOf } from './geometry.js';
import type { Mask2D } from './mask2d.js';

const lightSpeed = 299792458;

/**
 * The full width at half maximum, in arcsec, of the primary beam of a dish: 1.13 wavelengths / diameter, which holds for
 * the 12 m antennas of ALMA (ALMA Technical Handbook); others are between 1.02 and 1.2.
 *
 * @param diameter in metres
 * @param frequency in Hz
 */
export function primaryBeamWidth(diameter: number, frequency: number): number {
  checkNumber(diameter, { above: 0 }, 'diameter', 'of a dish in metres');
  checkNumber(frequency, { above: 0 }, 'frequency', 'in Hz');
  return (1.13 * arcsecPerRadian * lightSpeed) / (frequency * diameter);
}

/**
 * A Gaussian primary beam (M): exp(-4 ln 2 r^2 / width^2), r the distance of a pixel from where the antennas point.
 *
 * @throws InvalidValue for a width or centre that is none; MissingArgument or UnknownArgument for other names.
 */
export function gaussianPrimaryBeam(
  mask: Mask2D,
  given: {
    /** Full width at half maximum in arcsec: see {@link primaryBeamWidth}. */
    readonly width: number;
    /** Where the antennas point, (y, x) in arcsec from the phase centre; by default (0, 0). */
    readonly centre?: readonly [number, number] | undefined;
  },
): NdArray<'real'> {
  checkNames(given, { width: true, centre: false }, 'gaussianPrimaryBeam');
  const { width, centre = [0, 0] } = given;
  checkNumber(width, { above: 0 }, 'gaussianPrimaryBeam width', 'in arcsec');
  for (const each of centre) checkNumber(each, {}, 'gaussianPrimaryBeam centre', '(y, x) in arcsec');
  const { grid, pixels } = geometryOf(mask);
  return real(
    Float64Array.from({ length: pixels }, (_, i) => {
      const [y, x] = [grid.data[2 * i] - centre[0], grid.data[2 * i + 1] - centre[1]];
      return Math.exp((-4 * Math.LN2 * (y * y + x * x)) / (width * width));
    }),
  );
}

/**
 * A primary beam (M) from an image (Ny, Nx) on the pixels of the mask, row 0 on top, such as a `.pb` image of CASA.
 *
 * @throws ShapeMismatch where the image has other pixels; InvalidValue where an open pixel has no number from 0.
 */
export function primaryBeamFrom(image: NdArray<'real'>, mask: Mask2D): NdArray<'real'> {
  checkArray(image, ['real'], [mask.mask.shape[0], mask.mask.shape[1]], 'primary beam');
  const beam = real(image.data.filter((_, at) => mask.mask.data[at] === 0));
  checkPrimaryBeam(beam, beam.data.length);
  return beam;
}

/** Throws ShapeMismatch or InvalidValue for what is no primary beam of so many pixels. */
export function checkPrimaryBeam(beam: NdArray<'real'>, pixels: number): void {
  checkArray(beam, ['real'], [pixels], 'primaryBeam');
  const at = beam.data.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (at < 0 && beam.data.some((value) => value > 0)) return;
  throw new WtildeError('InvalidValue', {
    what: 'no antenna sees the sky like this',
    where: at < 0 ? 'primaryBeam' : `primaryBeam, open pixel ${at} (from 0)`,
    expected: 'a number from 0 for every open pixel, not all of them 0',
    actual: at < 0 ? 'zeros' : String(beam.data[at]),
    remedy: 'mask what the beam does not reach, or check the image',
  });
}

/** The mapper of what the antennas see: every row of the mapping matrix times the primary beam there. */
export function seenThrough(mapper: Mapper, beam: NdArray<'real'> | undefined): Mapper {
  if (beam === undefined) return mapper;
  const { data, shape } = mapper.pixWeightsForSubSlimIndex;
  return { ...mapper, pixWeightsForSubSlimIndex: real(timesRows(data, beam), shape) };
}

/** Every row of a matrix (M, B) times its number. */
export function timesRows(matrix: Float64Array, { data }: NdArray<'real'>): Float64Array {
  const width = matrix.length / data.length;
  return matrix.map((value, at) => value * data[Math.floor(at / width)]);
}

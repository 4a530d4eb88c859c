/** Gains of antennas that are not quite those of the calibration. */
import { type NdArray, WtildeError } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import { checkGainEstimates, type GainEstimates } from './gainEstimates.js';

/**
 * How far the gains of antennas may be off: a visibility of antennas a and b is exp(c_a + c_b + i (p_a - p_b)) times that of
 * the sky, phases p and logarithms of amplitudes c normal around 0, each antenna and interval for itself.
 */
export interface GainErrors {
  /** The standard deviation of phases in radians; exact when left out. */
  readonly phase?: number | undefined;
  /** That of the logarithms of amplitudes, so that 0.05 is 5 %; exact when left out. */
  readonly amplitude?: number | undefined;
  /** Seconds that a gain lasts, from the first visibility on; all the time when left out. */
  readonly interval?: number | undefined;
  /**
   * (M) the lensed image that errors act on, such as the `mappedReconstructedImage()` of an earlier evidence. When left out
   * it is the visibilities as they were observed, which is right where their noise is small against them.
   */
  readonly image?: NdArray<'real'> | undefined;
  /** What the gains are to first order, such as the `antennaGains()` of an earlier evidence; by default 1. */
  readonly estimates?: GainEstimates | undefined;
}

const names = { phase: false, amplitude: false, interval: false, image: false, estimates: false };
/** A phase that is off by more is known no better than not at all. */
const mostRadians = Math.PI;

/** Throws the typed error of what is wrong with them; @param pixels M */
export function checkGainErrors(errors: GainErrors, pixels: number): void {
  checkNames(errors, names, 'gainErrors');
  const { phase, amplitude, interval, image, estimates } = errors;
  if (phase === undefined && amplitude === undefined) {
    throw new WtildeError('MissingArgument', {
      what: 'nothing of the gains is uncertain',
      where: 'gainErrors',
      expected: 'phase, amplitude or both',
      actual: 'neither',
      remedy: 'say how large errors are: { phase: 0.5 }',
    });
  }
  if (phase !== undefined) checkNumber(phase, { above: 0, maximum: mostRadians }, 'gainErrors phase', 'in radians');
  if (amplitude !== undefined) checkNumber(amplitude, { above: 0, maximum: 1 }, 'gainErrors amplitude', 'a part of 1');
  if (interval !== undefined) checkNumber(interval, { above: 0 }, 'gainErrors interval', 'in seconds');
  if (image !== undefined) checkArray(image, ['real'], [pixels], 'gainErrors image');
  if (estimates !== undefined) checkGainEstimates(estimates, 'gainErrors estimates');
}

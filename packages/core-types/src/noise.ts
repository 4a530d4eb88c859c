/** What the noise of a visibility says of it, for everybody who looks at visibilities. */

/** Noise whose parts differ by more than this part of it is unequal. */
const equalWithin = 1e-12;

/** Whether visibility k has no weight, whatever its values are: the noise of one of its parts is infinite. */
export function isFlagged(noise: Float64Array, k: number): boolean {
  return Math.abs(noise[2 * k]) === Number.POSITIVE_INFINITY || Math.abs(noise[2 * k + 1]) === Number.POSITIVE_INFINITY;
}

/** Whether the noise of real and imaginary part differ. W is exact for equal noise only. */
export function isUnequalNoise(re: number, im: number): boolean {
  return Math.abs(re - im) > equalWithin * Math.abs(re);
}

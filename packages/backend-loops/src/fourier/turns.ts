/**
 * Angles counted in turns (1 turn = 2 pi radians), the form in which a phase is reduced exactly.
 *
 * A baseline of 1e7 wavelengths turns by hundreds of turns over an image. Rounding `u * d` once costs
 * half an ulp of the phase, which no method can avoid; taking the nearest integer off is exact, and
 * what is left is small enough for a short polynomial.
 */

const TWO_PI = 2 * Math.PI;

/**
 * The turns left when the nearest whole number of them is taken off: in [-1/2, 1/2]. Exact for all that
 * have a fraction, below 2^52. Math.round would be right beyond, at half the speed of everything here.
 */
export function fractionOfTurns(turns: number): number {
  return turns - Math.floor(turns + 0.5);
}

// Taylor coefficients. On [-pi/4, pi/4] the first term left out is below 5e-17 for the sine (x^17/17!)
// and below 2e-18 for the cosine (x^18/18!).
const S3 = -1 / 6;
const S5 = 1 / 120;
const S7 = -1 / 5040;
const S9 = 1 / 362880;
const S11 = -1 / 39916800;
const S13 = 1 / 6227020800;
const S15 = -1 / 1307674368000;
const C4 = 1 / 24;
const C6 = -1 / 720;
const C8 = 1 / 40320;
const C10 = -1 / 3628800;
const C12 = 1 / 479001600;
const C14 = -1 / 87178291200;
const C16 = 1 / 20922789888000;

/** cos and sin of 0, 1, 2, 3 quarter turns. */
const QUARTER_COS = Float64Array.of(1, 0, -1, 0);
const QUARTER_SIN = Float64Array.of(0, 1, 0, -1);

/**
 * cos[i] = cos(2 pi turns[i]), sin[i] = sin(2 pi turns[i]) for i < count, to 2 eps.
 *
 * The angle is reduced to the nearest quarter turn, both series are summed, and the quarter turn is
 * put back by a rotation that is exact and needs no branch. Costs about two calls of Math.cos / 4.
 *
 * @param turns any finite numbers; their own rounding is the caller's. May be `cos` or `sin` itself
 */
export function cosSinOfTurns(turns: Float64Array, count: number, cos: Float64Array, sin: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const fraction = fractionOfTurns(turns[i]);
    const quarter = Math.floor(4 * fraction + 0.5);
    const x = TWO_PI * (fraction - 0.25 * quarter);
    const x2 = x * x;
    const sinTail = S7 + x2 * (S9 + x2 * (S11 + x2 * (S13 + x2 * S15)));
    const sine = x + x * x2 * (S3 + x2 * (S5 + x2 * sinTail));
    const cosTail = C8 + x2 * (C10 + x2 * (C12 + x2 * (C14 + x2 * C16)));
    const cosine = 1 - x2 * (0.5 - x2 * (C4 + x2 * (C6 + x2 * cosTail)));
    const quadrant = quarter & 3;
    const turnCos = QUARTER_COS[quadrant];
    const turnSin = QUARTER_SIN[quadrant];
    cos[i] = cosine * turnCos - sine * turnSin;
    sin[i] = sine * turnCos + cosine * turnSin;
  }
}

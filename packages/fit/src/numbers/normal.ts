/** The standard normal distribution. */

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);

/** exp(-x² / 2) / sqrt(2 pi). */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x - logRootTwoPi);
}

/** ln of {@link normalDensity}, wherever x is. */
export function logNormalDensity(x: number): number {
  return -0.5 * x * x - logRootTwoPi;
}

/** Beyond this the tail is a continued fraction, within it a series. */
const tailFrom = 3;

/**
 * The probability below x, to 1e-14 of itself: by the series x + x³/3 + x⁵/15 + ... times the density in the middle, by
 * Laplace's continued fraction in the tails.
 */
export function normalBelow(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < -tailFrom) return tail(-x);
  if (x > tailFrom) return 1 - tail(x);
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** The probability above x, x > 0. */
function tail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / fraction;
  return normalDensity(x) / fraction;
}

/** The x below which a share of the probability lies: a rational start (Abramowitz & Stegun 26.2.23), Halley's steps. */
export function normalQuantile(share: number): number {
  if (!(share > 0)) return share === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (!(share < 1)) return share === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (share > 0.5) return -normalQuantile(1 - share);
  const t = Math.sqrt(-2 * Math.log(share));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step++) {
    const off = (normalBelow(x) - share) / normalDensity(x);
    x -= off / (1 + (x * off) / 2);
  }
  return x;
}

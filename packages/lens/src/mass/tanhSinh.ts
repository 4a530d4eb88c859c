/** Nodes of a double-exponential rule on (0, 1), from its ends inwards as dense as float64 can tell them apart. */
export interface Nodes {
  /** Distance of each node from 0, exact to rounding also where it is tiny. */
  readonly places: Float64Array;
  readonly weights: Float64Array;
}

/** Pitch of the coarsest level in the variable t of x = 1 / (1 + exp(pi sinh t)); every further level halves it. */
const coarsest = 0.25;

/** From here on 1 - x is below rounding. */
const first = -3.25;
/** From here on x is below 1e-60: an integrand may grow like a logarithm there, even if its core is as small as 1e-40. */
const last = 4.5;

/**
 * The nodes that a level of the tanh-sinh rule adds to those of all levels before it (Takahasi & Mori 1974): the
 * integral over (0, 1) is the sum over all levels so far, divided by 2^level.
 *
 * The rule forgives whatever an integrand does at the ends, and twice the nodes give twice the digits.
 */
export function tanhSinhNodes(level: number): Nodes {
  const pitch = coarsest / 2 ** level;
  const count = Math.round((last - first) / pitch) + 1;
  const steps = Array.from({ length: count }, (_, i) => i).filter((i) => level === 0 || i % 2 === 1);
  const places = Float64Array.from(steps, (i) => placeOf(first + i * pitch));
  const weights = Float64Array.from(steps, (i) => weightOf(first + i * pitch));
  return { places, weights };
}

function placeOf(t: number): number {
  return 1 / (1 + Math.exp(Math.PI * Math.sinh(t)));
}

/** dx of the coarsest pitch. */
function weightOf(t: number): number {
  const place = placeOf(t);
  return coarsest * Math.PI * Math.cosh(t) * place * placeOf(-t);
}

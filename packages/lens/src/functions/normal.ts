import { chebyshevTable } from './chebyshev.js';

/** Beyond this the tail of the normal distribution is below 1e-18. */
export const tail = 9;

/** The share of a normal distribution below t, to 1e-15. */
export function normalShare(): (t: number) => number {
  const table = chebyshevTable(shareBySeries, { width: 0.5, degree: 14 });
  return (t) => (t >= tail ? 1 : t <= -tail ? 0 : table(t));
}

/** 1/2 + phi(t) sum over n of t^(2n+1) / (1 3 5 ... (2n+1)), whose terms all have one sign. */
function shareBySeries(t: number): number {
  let term = t;
  let sum = 0;
  for (let n = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum) * 1e-2; n++) {
    sum += term;
    term *= (t * t) / (2 * n + 1);
  }
  return 0.5 + normalDensity(t) * sum;
}

/** exp(-t^2 / 2) / sqrt(2 pi) */
export function normalDensity(t: number): number {
  return Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
}

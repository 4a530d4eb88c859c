import { chebyshevTable } from '../functions/chebyshev.js';
import type { Correlation } from './kernelPrior.js';

/** In arcsec: PyAutoLens knows no smaller distance, where z^nu K_nu(z) would be 0 times infinity. */
const leastDistance = 1e-8;

/**
 * The Matern correlation M = 2^(1-nu) / Gamma(nu) z^nu K_nu(z), z = sqrt(2 nu) distance / scale.
 *
 * K_nu(z) and Gamma(nu) are integrals over the whole line that the trapezoidal rule gives to rounding:
 *   K_nu(z) = integral of exp(-z cosh t) cosh(nu t) over t > 0,   Gamma(nu) = integral of exp(nu t - e^t) over all t,
 * and so are their derivatives by nu. As S^2 / 2 distances are asked for, M and its derivatives are tabulated: in pieces
 * of a half in ln z by Chebyshev's polynomials, to 2e-14 of 1.
 */
export function maternCorrelation(scale: number, nu: number): Correlation {
  const perArcsec = Math.sqrt(2 * nu) / scale;
  const { lnFactor, byNu: lnFactorByNu } = factorOf(nu);
  const tabulated = (of: (sums: ReturnType<typeof besselSums>) => number) =>
    chebyshevTable((lnZ) => of(besselSums(nu, lnZ, lnFactor)), { width: 0.5, degree: 16 });
  const table = tabulated(({ value }) => value);
  const tableByZ = tabulated(({ byZ }) => byZ);
  const tableByNu = tabulated(({ value, byNu }) => byNu + value * lnFactorByNu);
  const zOf = (distance: number) => Math.max(distance, leastDistance) * perArcsec;
  return {
    names: ['scale', 'nu'],
    values: [3, scale, nu],
    at(distance) {
      const z = zOf(distance);
      return z > furthest ? 0 : table(Math.log(z));
    },
    derivatives(distance, out) {
      const z = zOf(distance);
      out.fill(0);
      if (z > furthest) return;
      const lnZ = Math.log(z);
      const byZ = tableByZ(lnZ);
      out[0] = distance > leastDistance ? byZ * perArcsec : 0;
      out[1] = (-byZ * z) / scale;
      out[2] = tableByNu(lnZ) + (byZ * z) / (2 * nu);
    },
  };
}

/** M is below 1e-300 there. */
const furthest = 700;

/** The step of the trapezoidal rules: what they leave out is below exp(-pi^2 / step) of the integral, up to z = 40. */
const step = 0.1;

/** How far below the largest a term no longer counts, in powers of e. */
const negligible = 45;

/** ln of 2^(1-nu) / Gamma(nu), and its derivative by nu. */
function factorOf(nu: number): { readonly lnFactor: number; readonly byNu: number } {
  const peak = Math.log(nu);
  const termAt = (t: number) => Math.exp(nu * (t - peak) - Math.exp(t) + nu);
  let [sum, moment] = [0, 0];
  const add = (t: number) => {
    const term = termAt(t);
    sum += term;
    moment += t * term;
    return term;
  };
  for (let t = peak; add(t) > Number.EPSILON ** 2; t += step);
  for (let t = peak - step; add(t) > Number.EPSILON ** 2; t -= step);
  const lnGamma = nu * peak - nu + Math.log(sum * step);
  return { lnFactor: (1 - nu) * Math.LN2 - lnGamma, byNu: -Math.LN2 - moment / sum };
}

/** M, its derivative by nu but for that of the factor, and by z: dM/dz = -factor z^nu K_(nu-1)(z). */
function besselSums(nu: number, lnZ: number, lnFactor: number) {
  const z = Math.exp(lnZ);
  const shift = lnFactor + nu * lnZ;
  let [value, byOrder, lower] = [0, 0, 0];
  // Beyond the peak at sinh t = order / z terms fall faster than exponentially; K_(nu-1) is K_(1-nu).
  const order = Math.max(nu, 1 - nu);
  const peak = Math.asinh(order / z);
  const most = order * peak - z * Math.cosh(peak);
  for (let k = 0; ; k++) {
    const t = k * step;
    const exponent = nu * t - z * Math.cosh(t);
    if (t > peak && order * t - z * Math.cosh(t) < most - negligible) break;
    const term = Math.exp(shift + exponent) * (k === 0 ? step / 2 : step);
    const back = Math.exp(-2 * nu * t);
    value += (term * (1 + back)) / 2;
    byOrder += (term * t * (1 - back)) / 2;
    lower += (term * (Math.exp(-t) + back * Math.exp(t))) / 2;
  }
  return { value, byNu: byOrder + value * lnZ, byZ: -lower };
}

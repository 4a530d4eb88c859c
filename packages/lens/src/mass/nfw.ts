import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, roundLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import type { ClosedDensity } from './radialDensity.js';

const parameters = {
  kappaS: { doc: 'density scale: characteristic density times scale radius over the critical density', minimum: 0 },
  scaleRadius: { doc: 'scale radius in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
} as const;

/** Navarro, Frenk & White's profile with elliptical density. */
export const nfw = massKind({
  doc: 'NFW halo of elliptical density',
  formula: 'kappa = 2 kappaS (1 - F(z)) / (z^2 - 1), z = sqrt(x^2 + y^2/q^2) / scaleRadius',
  source: 'Wright & Brainerd 2000; Keeton 2001',
  symmetry: 'elliptical',
  parameters,
  prepare({ kappaS, scaleRadius }, q) {
    return withParameters(ellipticalLaw(nfwDensity, kappaS, scaleRadius, q), ({ amplitude, scale }) => ({
      kappaS: amplitude,
      scaleRadius: scale,
    }));
  },
});

/** Navarro, Frenk & White's spherical profile. */
export const nfwSph = massKind({
  doc: 'spherical NFW halo',
  formula: 'kappa = 2 kappaS (1 - F(z)) / (z^2 - 1), z = r / scaleRadius',
  source: 'Wright & Brainerd 2000',
  symmetry: 'circular',
  parameters,
  prepare({ kappaS, scaleRadius }) {
    const law = roundLaw(nfwDensity, kappaS, scaleRadius);
    return {
      ...law,
      adjoint(x, y, alongX, alongY) {
        const by = law.adjoint(x, y, alongX, alongY);
        return { x: by.x, y: by.y, kappaS: by.amplitude, scaleRadius: by.scale };
      },
    };
  },
});

/**
 * For kappaS = 1 and a scale radius of 1, with F = artanh(sqrt(u)) / sqrt(u), u = 1 - z^2, and h = ln(z/2) + F:
 * deflection 4 h / z, potential 2 (ln^2(z/2) - u F^2); z dF/dz = (z^2 F - 1) / u gives the density's own slope.
 */
const nfwDensity: ClosedDensity = {
  convergence: (z) => 2 * densityOf(z),
  rates(z, out) {
    const u = (1 - z) * (1 + z);
    if (Math.abs(u) < nearOne) {
      out[0] = 2 * seriesBeyondOne(u);
      out[1] = -4 * z * z * slopeBeyondOne(u);
      return;
    }
    const F = arcOf(z);
    const density = (F - 1) / u;
    out[0] = 2 * density;
    out[1] = (2 * ((z * z * F - 1) / u + 2 * z * z * density)) / u;
  },
  deflection: (z) => (z === 0 ? 0 : (4 * enclosedOf(z)) / z),
  potential: (z) => (z === 0 ? 0 : 2 * depthOf(z)),
};

/** Near z = 1 artanh(sqrt(u)) / sqrt(u) is summed as u^n / (2n+1); below this abs(u) in as many terms. */
const nearOne = 0.1;
const nearOneTerms = 17;

/** Below this z ln(z/2) and F cancel; the series of {@link enclosedOf} has as many terms. */
const nearZero = 0.3;
const nearZeroTerms = 16;

/** F(z). */
function arcOf(z: number): number {
  const u = (1 - z) * (1 + z);
  if (Math.abs(u) < nearOne) return 1 + u * seriesBeyondOne(u);
  return u > 0 ? Math.acosh(1 / z) / Math.sqrt(u) : Math.acos(1 / z) / Math.sqrt(-u);
}

/** (F - 1) / u = sum_(n >= 1) u^(n-1) / (2n+1). */
function seriesBeyondOne(u: number): number {
  let sum = 0;
  for (let n = nearOneTerms; n >= 1; n--) sum = sum * u + 1 / (2 * n + 1);
  return sum;
}

/** The derivative of {@link seriesBeyondOne} by u. */
function slopeBeyondOne(u: number): number {
  let sum = 0;
  for (let n = nearOneTerms; n >= 2; n--) sum = sum * u + (n - 1) / (2 * n + 1);
  return sum;
}

/** (1 - F) / (z^2 - 1). */
function densityOf(z: number): number {
  const u = (1 - z) * (1 + z);
  return Math.abs(u) < nearOne ? seriesBeyondOne(u) : (1 - arcOf(z)) / -u;
}

/** h(z) = ln(z/2) + F(z), without cancellation. */
function enclosedOf(z: number): number {
  if (z > nearZero) return Math.log(z / 2) + arcOf(z);
  // F = A (L - B) with L = ln(2/z), A = (1 - z^2)^(-1/2) = sum c_n z^(2n), B = sum_(n >= 1) c_n z^(2n) / (2n).
  let coefficient = 1;
  let power = 1;
  let [beyondOne, B] = [0, 0];
  for (let n = 1; n <= nearZeroTerms; n++) {
    coefficient *= (2 * n - 1) / (2 * n);
    power *= z * z;
    beyondOne += coefficient * power;
    B += (coefficient * power) / (2 * n);
  }
  return beyondOne * Math.log(2 / z) - (1 + beyondOne) * B;
}

/** ln^2(z/2) - u F^2, without cancellation. */
function depthOf(z: number): number {
  const L = Math.log(2 / z);
  const u = (1 - z) * (1 + z);
  if (z > nearZero) return L * L - u * arcOf(z) ** 2;
  const h = enclosedOf(z);
  return z * z * (L + h) ** 2 - h * (2 * L + h);
}

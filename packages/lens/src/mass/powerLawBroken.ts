import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import type { RadialDensity } from './radialDensity.js';

/** An elliptical power law whose slope changes at a radius. */
export const powerLawBroken = massKind({
  doc: 'elliptical power law whose slope changes at a radius',
  formula:
    'kappa = kappaB (breakRadius / r)^t, t = innerSlope within breakRadius and outerSlope beyond, r = sqrt(q^2 x^2 + y^2); the mean within r = sqrt(q) einsteinRadius is 1',
  source: "O'Riordan, Warren & Mortlock 2020",
  symmetry: 'elliptical',
  parameters: {
    einsteinRadius: {
      doc: 'Einstein radius in arcsec, of the ellipse as large as its circle',
      unit: 'arcsec',
      minimum: 1e-6,
      maximum: wholeSky,
    },
    innerSlope: { doc: 'slope of the convergence within the break, 1 for isothermal', minimum: 0, maximum: 1.9 },
    outerSlope: { doc: 'slope of the convergence beyond the break, 1 for isothermal', minimum: 0, maximum: 10 },
    breakRadius: {
      doc: 'radius in arcsec, along the minor axis, at which the slope changes',
      unit: 'arcsec',
      minimum: 1e-6,
      maximum: wholeSky,
    },
  },
  prepare({ einsteinRadius, innerSlope, outerSlope, breakRadius }, q) {
    const { value, byInner, byOuter, byRatio } = breakConvergence(
      innerSlope,
      outerSlope,
      Math.log(breakRadius / (Math.sqrt(q) * einsteinRadius)),
    );
    return withParameters(ellipticalLaw(densityOf(innerSlope, outerSlope), value, breakRadius / q, q), (by) => {
      const byLogarithm = by.amplitude * value;
      return {
        einsteinRadius: (-byLogarithm * byRatio) / einsteinRadius,
        innerSlope: by.shape[0] + byLogarithm * byInner,
        outerSlope: by.shape[1] + byLogarithm * byOuter,
        breakRadius: by.scale / q + (byLogarithm * byRatio) / breakRadius,
        axisRatio: by.axisRatio - (by.scale * breakRadius) / (q * q) - (byLogarithm * byRatio) / (2 * q),
      };
    });
  },
});

/**
 * The convergence at the break, and the derivatives of its logarithm by both slopes and by n, the logarithm of the
 * break radius over sqrt(q) einsteinRadius: (2-a) / (2 e^(2n) D) with D = 1 - (2-a) n g(x), x = (b-2) n,
 * g = (e^x - 1) / x for inner and outer slopes a and b; (2-a) / 2 e^(-a n) where the break is beyond.
 */
function breakConvergence(a: number, b: number, n: number) {
  if (n >= 0) {
    return { value: (1 - a / 2) * Math.exp(-a * n), byInner: -1 / (2 - a) - n, byOuter: 0, byRatio: -a };
  }
  const x = (b - 2) * n;
  const g = x === 0 ? 1 : Math.expm1(x) / x;
  const D = 1 - (2 - a) * n * g;
  return {
    value: (2 - a) / (2 * Math.exp(2 * n) * D),
    byInner: -1 / (2 - a) - (n * g) / D,
    byOuter: ((2 - a) * n * n * slopeOf(x, g)) / D,
    byRatio: -2 + ((2 - a) * Math.exp(x)) / D,
  };
}

/** The derivative of g(x) = (e^x - 1) / x, summed as n x^(n-1) / (n+1)! where it would cancel. */
function slopeOf(x: number, g: number): number {
  if (Math.abs(x) > 0.5) return (Math.exp(x) - g) / x;
  let [sum, factor] = [0, 1];
  for (let n = 1; n <= 14; n++) {
    factor /= n + 1;
    sum += n * factor * x ** (n - 1);
  }
  return sum;
}

/** Next to the break neither slope counts: rounding might have a node on the wrong side of it. */
const beside = 1e-12;

function densityOf(inner: number, outer: number): RadialDensity {
  const slopeAt = (z: number) => (z <= 1 ? inner : outer);
  return {
    shapes: 2,
    cusp: inner,
    kink: 1,
    convergence: (z) => z ** -slopeAt(z),
    rates(z, out) {
      const slope = slopeAt(z);
      const value = z ** -slope;
      const bySlope = -value * Math.log(z);
      out[0] = value;
      out[1] = -slope * value;
      out[2] = z < 1 - beside ? bySlope : 0;
      out[3] = z > 1 + beside ? bySlope : 0;
    },
  };
}

import { sersicConstantOf, sersicConstantSlope } from '../light/sersicConstant.js';
import type { Parameters } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import type { RadialDensity } from './radialDensity.js';

const common = {
  massToLightRatio: { doc: 'convergence for every unit of surface brightness', minimum: 0 },
  intensity: { doc: 'surface brightness at the effective radius', minimum: 0 },
  effectiveRadius: {
    doc: 'radius in arcsec that half of the light is within',
    unit: 'arcsec',
    minimum: 1e-6,
    maximum: wholeSky,
  },
} as const satisfies Parameters;

const sersicSource = 'Sersic 1963; b_n of Ciotti & Bertin 1999';

/** The mass of the stars of a Sersic profile, which may have more of it for its light further in. */
export const sersicMass = massKind({
  doc: "mass that follows Sersic's profile of light, n = sersicIndex",
  formula:
    'kappa = massToLightRatio (q r / effectiveRadius)^-massToLightGradient intensity exp(-b_n ((r / effectiveRadius)^(1/n) - 1)), r = sqrt(q x^2 + y^2 / q)',
  source: sersicSource,
  symmetry: 'elliptical',
  parameters: {
    ...common,
    sersicIndex: { doc: 'Sersic index n', minimum: 0.5, maximum: 20 },
    massToLightGradient: {
      doc: 'power by which the mass for every unit of light falls with the radius',
      minimum: 0,
      maximum: 1.5,
      default: 0,
    },
  },
  prepare({ massToLightRatio, intensity, effectiveRadius, sersicIndex, massToLightGradient }, q) {
    const unit = q ** -massToLightGradient;
    const amplitude = unit * massToLightRatio * intensity;
    const law = ellipticalLaw(
      sersicDensity(sersicIndex, massToLightGradient),
      amplitude,
      effectiveRadius / Math.sqrt(q),
      q,
    );
    return withParameters(law, (by) => ({
      massToLightRatio: by.amplitude * unit * intensity,
      intensity: by.amplitude * unit * massToLightRatio,
      effectiveRadius: by.scale / Math.sqrt(q),
      sersicIndex: by.shape[0],
      massToLightGradient: by.shape[1] - by.amplitude * amplitude * Math.log(q),
      axisRatio:
        by.axisRatio -
        (by.scale * effectiveRadius) / (2 * q * Math.sqrt(q)) -
        (by.amplitude * amplitude * massToLightGradient) / q,
    }));
  },
});

/** The mass of a disc of exponential brightness. */
export const exponentialMass = massKind({
  doc: "mass that follows Sersic's profile of light, n = 1",
  formula: 'kappa = massToLightRatio intensity exp(-b_n ((r / effectiveRadius)^(1/n) - 1)), r = sqrt(q x^2 + y^2 / q)',
  source: sersicSource,
  symmetry: 'elliptical',
  parameters: common,
  prepare: (values, q) => sersicOf(1, values, q),
});

/** The mass of an elliptical galaxy of de Vaucouleurs' law. */
export const devVaucouleursMass = massKind({
  doc: "mass that follows Sersic's profile of light, n = 4",
  formula: 'kappa = massToLightRatio intensity exp(-b_n ((r / effectiveRadius)^(1/n) - 1)), r = sqrt(q x^2 + y^2 / q)',
  source: `de Vaucouleurs 1948; ${sersicSource}`,
  symmetry: 'elliptical',
  parameters: common,
  prepare: (values, q) => sersicOf(4, values, q),
});

type Values = { readonly [Name in keyof typeof common]: number };

function sersicOf(n: number, { massToLightRatio, intensity, effectiveRadius }: Values, q: number) {
  const law = ellipticalLaw(sersicDensity(n, 0), massToLightRatio * intensity, effectiveRadius / Math.sqrt(q), q);
  return withParameters(law, (by) => ({
    massToLightRatio: by.amplitude * intensity,
    intensity: by.amplitude * massToLightRatio,
    effectiveRadius: by.scale / Math.sqrt(q),
    axisRatio: by.axisRatio - (by.scale * effectiveRadius) / (2 * q * Math.sqrt(q)),
  }));
}

/** Gaussian mass. */
export const gaussianMass = massKind({
  doc: 'mass that follows a Gaussian of light',
  formula: 'kappa = massToLightRatio intensity exp(-(q^2 x^2 + y^2) / (2 sigma^2))',
  source: "by definition; the ellipse of PyAutoLens' Gaussian",
  symmetry: 'elliptical',
  parameters: {
    massToLightRatio: common.massToLightRatio,
    intensity: { doc: 'surface brightness at the centre', minimum: 0 },
    sigma: {
      doc: 'standard deviation in arcsec along the minor axis',
      unit: 'arcsec',
      minimum: 1e-6,
      maximum: wholeSky,
    },
  },
  prepare({ massToLightRatio, intensity, sigma }, q) {
    return withParameters(ellipticalLaw(gaussianDensity, massToLightRatio * intensity, sigma / q, q), (by) => ({
      massToLightRatio: by.amplitude * intensity,
      intensity: by.amplitude * massToLightRatio,
      sigma: by.scale / q,
      axisRatio: by.axisRatio - (by.scale * sigma) / (q * q),
    }));
  },
});

/** z^-gradient exp(-b_n (z^(1/n) - 1)). */
function sersicDensity(n: number, gradient: number): RadialDensity {
  const b = sersicConstantOf(n);
  const byIndex = sersicConstantSlope(n);
  const convergence = (z: number) =>
    gradient === 0 ? Math.exp(-b * (z ** (1 / n) - 1)) : Math.exp(-b * (z ** (1 / n) - 1) - gradient * Math.log(z));
  return {
    shapes: 2,
    cusp: gradient,
    convergence,
    rates(z, out) {
      const value = convergence(z);
      const logarithm = Math.log(z);
      const power = z ** (1 / n);
      out[0] = value;
      out[1] = -value * (gradient + (b / n) * power);
      out[2] = value * ((b * power * logarithm) / (n * n) - byIndex * (power - 1));
      out[3] = -value * logarithm;
    },
  };
}

const gaussianDensity: RadialDensity = {
  convergence: (z) => Math.exp((-z * z) / 2),
  rates(z, out) {
    out[0] = Math.exp((-z * z) / 2);
    out[1] = -z * z * out[0];
  },
};

import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import { projected, type SpatialDensity } from './projectedDensity.js';

const kappaS = {
  doc: 'density scale: characteristic density times scale radius over the critical density',
  minimum: 0,
} as const;
const scaleRadius = { doc: 'scale radius in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky } as const;

/** A halo of Zhao's family whose slope goes from innerSlope to 3. */
export const gnfw = massKind({
  doc: 'generalised NFW halo of elliptical density',
  formula:
    'kappa = kappaS int rho dl, rho = r^-innerSlope (1+r)^(innerSlope-3), r^2 = l^2 + (x^2 + y^2/q^2) / scaleRadius^2',
  source: 'Zhao 1996; Wyithe, Turner & Spergel 2001; Keeton 2001',
  symmetry: 'elliptical',
  parameters: {
    kappaS,
    scaleRadius,
    innerSlope: { doc: 'slope of the density in space at the centre, 1 for NFW', minimum: 0, maximum: 2.8 },
  },
  prepare({ kappaS: amplitude, scaleRadius: scale, innerSlope }, q) {
    const density = projected(gnfwInSpace(innerSlope));
    return withParameters(ellipticalLaw(density, amplitude, scale, q), (by) => ({
      kappaS: by.amplitude,
      scaleRadius: by.scale,
      innerSlope: by.shape[0],
    }));
  },
});

/** An NFW halo with a core. */
export const cnfw = massKind({
  doc: 'NFW halo with a core, of elliptical density',
  formula:
    'kappa = kappaS int rho dl, rho = 1 / ((r + coreRadius/scaleRadius) (1+r)^2), r^2 = l^2 + (x^2 + y^2/q^2) / scaleRadius^2',
  source: 'Peñarrubia et al. 2012',
  symmetry: 'elliptical',
  parameters: {
    kappaS,
    scaleRadius,
    coreRadius: { doc: 'radius of the core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
  },
  prepare({ kappaS: amplitude, scaleRadius: scale, coreRadius }, q) {
    const core = coreRadius / scale;
    const density = projected(cnfwInSpace(core));
    return withParameters(ellipticalLaw(density, amplitude, scale, q), (by) => ({
      kappaS: by.amplitude,
      scaleRadius: by.scale - (by.shape[0] * core) / scale,
      coreRadius: by.shape[0] / scale,
    }));
  },
});

/** An NFW halo whose mass is finite. */
export const nfwTruncated = massKind({
  doc: 'truncated NFW halo of elliptical density',
  formula:
    'kappa = kappaS int rho dl, rho = tau^2 / (r (1+r)^2 (tau^2 + r^2)), tau = truncationRadius / scaleRadius, r^2 = l^2 + (x^2 + y^2/q^2) / scaleRadius^2',
  source: 'Baltz, Marshall & Oguri 2009',
  symmetry: 'elliptical',
  parameters: {
    kappaS,
    scaleRadius,
    truncationRadius: { doc: 'truncation radius in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
  },
  prepare({ kappaS: amplitude, scaleRadius: scale, truncationRadius }, q) {
    const tau = truncationRadius / scale;
    const density = projected(truncatedInSpace(tau));
    return withParameters(ellipticalLaw(density, amplitude, scale, q), (by) => ({
      kappaS: by.amplitude,
      scaleRadius: by.scale - (by.shape[0] * tau) / scale,
      truncationRadius: by.shape[0] / scale,
    }));
  },
});

function gnfwInSpace(inner: number): SpatialDensity {
  return {
    shapes: 1,
    inner,
    features: [0],
    logarithm: (r) => -inner * Math.log(r) + (inner - 3) * Math.log1p(r),
    slopes(r, out) {
      out[0] = -inner + ((inner - 3) * r) / (1 + r);
      out[1] = Math.log1p(r) - Math.log(r);
    },
  };
}

function cnfwInSpace(core: number): SpatialDensity {
  return {
    shapes: 1,
    inner: 0,
    features: [0, Math.log(core)].sort((a, b) => a - b),
    logarithm: (r) => -Math.log(r + core) - 2 * Math.log1p(r),
    slopes(r, out) {
      out[0] = -r / (r + core) - (2 * r) / (1 + r);
      out[1] = -1 / (r + core);
    },
  };
}

function truncatedInSpace(tau: number): SpatialDensity {
  return {
    shapes: 1,
    inner: 1,
    features: [0, Math.log(tau)].sort((a, b) => a - b),
    logarithm: (r) => -Math.log(r) - 2 * Math.log1p(r) - Math.log1p((r / tau) ** 2),
    slopes(r, out) {
      const beyond = 1 / (1 + (tau / r) ** 2);
      out[0] = -1 - (2 * r) / (1 + r) - 2 * beyond;
      out[1] = (2 * beyond) / tau;
    },
  };
}

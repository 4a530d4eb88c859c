import { wholeSky } from '../profile/lengths.js';
import { ellipticalLaw, withParameters } from './ellipticalLaw.js';
import { massKind } from './law.js';
import type { RadialDensity } from './radialDensity.js';

/** Elliptical power law with a core. */
export const powerLawCore = massKind({
  doc: 'elliptical power law with a core',
  formula: 'kappa = (3-slope)/(1+q) (einsteinRadius / sqrt(coreRadius^2 + x^2 + y^2/q^2))^(slope-1)',
  source: 'Barkana 1998; Keeton 2001',
  symmetry: 'elliptical',
  parameters: {
    einsteinRadius: {
      doc: 'Einstein radius in arcsec, of the profile without its core',
      unit: 'arcsec',
      minimum: 0,
      maximum: wholeSky,
    },
    slope: { doc: 'logarithmic slope of the density far out, 2 for isothermal', above: 1, below: 3 },
    coreRadius: { doc: 'radius of the core in arcsec', unit: 'arcsec', minimum: 1e-6, maximum: wholeSky },
  },
  prepare({ einsteinRadius, slope, coreRadius }, q) {
    const t = slope - 1;
    const unit = (2 - t) / (1 + q);
    const amplitude = unit * einsteinRadius ** t;
    // Without mass 0, unless the profile is isothermal.
    const first = einsteinRadius === 0 && t !== 1 ? 0 : einsteinRadius ** (t - 1);
    return withParameters(ellipticalLaw(densityOf(t, coreRadius), amplitude, 1, q), (by) => ({
      einsteinRadius: by.amplitude * unit * t * first,
      slope:
        einsteinRadius === 0 ? 0 : by.shape[0] + by.amplitude * amplitude * (Math.log(einsteinRadius) - 1 / (2 - t)),
      coreRadius: by.shape[1],
      axisRatio: by.axisRatio - (by.amplitude * amplitude) / (1 + q),
    }));
  },
});

/** (core^2 + z^2)^(-t/2), of z in arcsec: so nothing cancels in its derivative by the core. */
function densityOf(t: number, core: number): RadialDensity {
  const convergence = (z: number) => Math.hypot(core, z) ** -t;
  return {
    shapes: 2,
    cored: true,
    convergence,
    rates(z, out) {
      const distance = Math.hypot(core, z);
      const value = distance ** -t;
      out[0] = value;
      out[1] = -t * value * (z / distance) ** 2;
      out[2] = -value * Math.log(distance);
      out[3] = (-t * value * (core / distance)) / distance;
    },
  };
}

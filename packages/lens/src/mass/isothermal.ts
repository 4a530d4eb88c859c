import { profileKind } from '../profile/kind.js';
import type { MassLaw } from './law.js';

const parameters = {
  einsteinRadius: { doc: 'Einstein radius in arcsec', minimum: 0 },
  coreRadius: { doc: 'radius of the core in arcsec', minimum: 0, default: 0 },
} as const;

/** Isothermal ellipsoid, with a core or without. */
export const isothermal = profileKind({
  doc: 'isothermal ellipsoid',
  formula: 'kappa = einsteinRadius / ((1+q) sqrt(coreRadius^2 + x^2 + y^2/q^2))',
  source: 'Kormann, Schneider & Bartelmann 1994; Keeton 2001',
  symmetry: 'elliptical',
  parameters,
  prepare: isothermalLaw,
});

/** Isothermal sphere, with a core or without. */
export const isothermalSph = profileKind({
  doc: 'isothermal sphere',
  formula: 'kappa = einsteinRadius / (2 sqrt(coreRadius^2 + r^2))',
  source: 'Schneider, Ehlers & Falco 1992',
  symmetry: 'circular',
  parameters,
  prepare: isothermalLaw,
});

/**
 * With psi^2 = q^2 (s^2 + x^2) + y^2, f^2 = 1 - q^2 and b = 2 einsteinRadius q / (1+q):
 * deflection (b/f arctan(f x / (psi + s)), b/f artanh(f y / (psi + q^2 s))).
 */
function isothermalLaw(
  { einsteinRadius, coreRadius: s }: { readonly einsteinRadius: number; readonly coreRadius: number },
  q: number,
): MassLaw {
  const f = Math.sqrt((1 - q) * (1 + q));
  const b = (2 * einsteinRadius * q) / (1 + q);
  const scratch = new Float64Array(2);

  function deflect(x: number, y: number, out: Float64Array): void {
    const psi = Math.sqrt(q * q * (s * s + x * x) + y * y);
    if (psi === 0) {
      out[0] = 0;
      out[1] = 0;
      return;
    }
    out[0] = b * arctanOver(f, x / (psi + s));
    out[1] = b * artanhOver(f, y / (psi + q * q * s));
  }

  return {
    deflect,
    convergence: (x, y) => einsteinRadius / ((1 + q) * Math.sqrt(s * s + x * x + (y * y) / (q * q))),
    potential(x, y) {
      deflect(x, y, scratch);
      const homogeneous = x * scratch[0] + y * scratch[1];
      if (s === 0) return homogeneous;
      const psi = Math.sqrt(q * q * (s * s + x * x) + y * y);
      return homogeneous - b * s * Math.log(Math.hypot(psi + s, f * x));
    },
  };
}

/** arctan(f u) / f, the limit u where f is 0. */
function arctanOver(f: number, u: number): number {
  const z = f * u;
  return Math.abs(z) < 1e-3 ? u * (1 - z * z * (1 / 3 - (z * z) / 5)) : Math.atan(z) / f;
}

/** artanh(f u) / f, the limit u where f is 0. */
function artanhOver(f: number, u: number): number {
  const z = f * u;
  return Math.abs(z) < 1e-3 ? u * (1 + z * z * (1 / 3 + (z * z) / 5)) : Math.atanh(z) / f;
}

import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import { type MassLaw, massless } from './law.js';

const parameters = {
  einsteinRadius: { doc: 'Einstein radius in arcsec', minimum: 0, maximum: wholeSky },
  coreRadius: { doc: 'radius of the core in arcsec', minimum: 0, maximum: wholeSky, default: 0 },
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
 * deflection (b/f arctan(f x / (psi + s)), b/f artanh(f y / (psi + q^2 s))), of which the second is
 * b/f arsinh(f y / (q D)), D^2 = x^2 + y^2 + s^2 (1 + q^2) + 2 s psi: nothing cancels, however thin the ellipse is.
 */
function isothermalLaw(
  { einsteinRadius, coreRadius: s }: { readonly einsteinRadius: number; readonly coreRadius: number },
  q: number,
): MassLaw {
  if (einsteinRadius === 0) return massless;
  const f = Math.sqrt((1 - q) * (1 + q));
  const b = (2 * einsteinRadius * q) / (1 + q);
  const scratch = new Float64Array(2);
  const psiAt = (x: number, y: number) => Math.hypot(q * s, q * x, y);

  function deflect(x: number, y: number, out: Float64Array): void {
    const psi = psiAt(x, y);
    if (psi === 0) {
      out[0] = 0;
      out[1] = 0;
      return;
    }
    const D = Math.hypot(x, y, s * Math.sqrt(1 + q * q), Math.sqrt(2 * s) * Math.sqrt(psi));
    out[0] = b * arctanOver(f, x / (psi + s));
    out[1] = b * arsinhOver(f, y / (q * D));
  }

  /** ln(hypot(psi + 1, f x) / (1 + q)) for a core of 1: 0 at the centre. */
  function riseOver(x: number, y: number): number {
    const psi = Math.hypot(q, q * x, y);
    const D = Math.hypot(psi + 1, f * x);
    if (D > 2 * (1 + q)) return Math.log(D) - Math.log1p(q);
    const risen = ((q * q * x * x + y * y) / (psi + q)) * (psi + q + 2) + f * f * x * x;
    return Math.log1p(risen / (1 + q) ** 2) / 2;
  }

  return {
    deflect,
    convergence: (x, y) => einsteinRadius / ((1 + q) * Math.hypot(s, x, y / q)),
    potential(x, y) {
      deflect(x, y, scratch);
      const homogeneous = x * scratch[0] + y * scratch[1];
      if (s === 0) return homogeneous;
      return homogeneous - b * s * riseOver(x / s, y / s);
    },
  };
}

/** arctan(f u) / f, the limit u where f is 0. */
function arctanOver(f: number, u: number): number {
  const z = f * u;
  return Math.abs(z) < 1e-3 ? u * (1 - z * z * (1 / 3 - (z * z) / 5)) : Math.atan(z) / f;
}

/** arsinh(f u) / f, the limit u where f is 0. */
function arsinhOver(f: number, u: number): number {
  const z = f * u;
  return Math.abs(z) < 1e-3 ? u * (1 - z * z * (1 / 6 - z * z * (3 / 40))) : Math.asinh(z) / f;
}

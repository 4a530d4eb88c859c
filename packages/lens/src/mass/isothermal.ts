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
    const D = s === 0 ? Math.hypot(x, y) : Math.sqrt(x * x + y * y + s * s * (1 + q * q) + 2 * s * psi);
    out[0] = b * arctanOver(f, x / (psi + s));
    out[1] = b * arsinhOver(f, y / (q * D));
  }

  return {
    deflect,
    convergence: (x, y) => einsteinRadius / ((1 + q) * Math.hypot(s, x, y / q)),
    potential(x, y) {
      deflect(x, y, scratch);
      const homogeneous = x * scratch[0] + y * scratch[1];
      if (s === 0) return homogeneous;
      // b s ln(hypot(psi + s, f x) / ((1 + q) s)): 0 at the centre.
      const psi = psiAt(x, y);
      const risen = ((q * q * x * x + y * y) / (psi + q * s)) * (psi + q * s + 2 * s) + f * f * x * x;
      return homogeneous - (b / 2) * s * Math.log1p(risen / ((1 + q) * s) ** 2);
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

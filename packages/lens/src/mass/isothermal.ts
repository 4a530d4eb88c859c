import { wholeSky } from '../profile/lengths.js';
import { type EllipseName, type MassLaw, massKind, massless } from './law.js';

const parameters = {
  einsteinRadius: { doc: 'Einstein radius in arcsec', unit: 'arcsec', minimum: 0, maximum: wholeSky },
  coreRadius: { doc: 'radius of the core in arcsec', unit: 'arcsec', minimum: 0, maximum: wholeSky, default: 0 },
} as const;

type Values = { readonly [Name in keyof typeof parameters]: number };

/** Isothermal ellipsoid, with a core or without. */
export const isothermal = massKind({
  doc: 'isothermal ellipsoid',
  formula: 'kappa = einsteinRadius / ((1+q) sqrt(coreRadius^2 + x^2 + y^2/q^2))',
  source: 'Kormann, Schneider & Bartelmann 1994; Keeton 2001',
  symmetry: 'elliptical',
  parameters,
  prepare: isothermalLaw,
});

/** Isothermal sphere, with a core or without. */
export const isothermalSph = massKind({
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
function isothermalLaw({ einsteinRadius, coreRadius: s }: Values, q: number): MassLaw<keyof Values | EllipseName> {
  const f = Math.sqrt((1 - q) * (1 + q));
  const b = (2 * einsteinRadius * q) / (1 + q);
  const scratch = new Float64Array(2);
  const psiAt = (x: number, y: number) => Math.hypot(q * s, q * x, y);
  const distanceAt = (x: number, y: number, psi: number) =>
    Math.hypot(x, y, s * Math.sqrt(1 + q * q), Math.sqrt(2 * s) * Math.sqrt(psi));

  function deflect(x: number, y: number, out: Float64Array): void {
    const psi = psiAt(x, y);
    if (psi === 0) {
      out[0] = 0;
      out[1] = 0;
      return;
    }
    const D = distanceAt(x, y, psi);
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

  /**
   * The Jacobian is b / (psi D^2) (y^2 + q^2 s^2 + s psi, -x y; -x y, x^2 + s^2 + s psi). With u = x / (psi + s),
   * v = y / (psi + q^2 s), and as D^2 = (psi + s)^2 (1 + f^2 u^2) = (psi + q^2 s)^2 (1 - f^2 v^2) / q^2:
   * by s -b/D^2 (x (q^2 s / psi + 1), y (s / psi + 1)); by q, arctan(f u)/f and artanh(f v)/f by f^2, u and v, each of
   * these by q; by the angle, f^2 times what is left of J (y, -x) + (-alpha_y, alpha_x) when all that cancels has.
   */
  function adjoint(x: number, y: number, alongX: number, alongY: number) {
    const psi = psiAt(x, y);
    if (psi === 0) return nothing;
    const D = distanceAt(x, y, psi);
    const [xD, yD, sD, psiD] = [x / D, y / D, s / D, psi / D];
    const xx = (q * q * sD * sD + yD * yD + sD * psiD) / psi;
    const xy = (-xD * yD) / psi;
    const yy = (xD * xD + sD * sD + sD * psiD) / psi;

    const u = x / (psi + s);
    const v = y / (psi + q * q * s);
    const inX = arctanOver(f, u);
    const inY = arsinhOver(f, y / (q * D));
    const bentX = -bendOf(f, u, inX, -1);
    const bentY = bendOf(f, v, inY, 1);
    const byU = ((psi + s) / D) ** 2;
    const byV = ((psi + q * q * s) / (q * D)) ** 2;
    const flatX = -(bentX + u * u * u * byU) / 2;
    const flatY = (v * v * v * byV - bentY) / 2;

    const psiByQ = q * (s * (s / psi) + x * (x / psi));
    const ratioX = inX / (q * (1 + q)) - 2 * q * flatX - xD * (psiByQ / D);
    const ratioY = inY / (q * (1 + q)) - 2 * q * flatY - (yD / q) * ((psiByQ / q + 2 * s) / D);
    const turnX = -bentY - s * v * xx;
    const turnY = bentX - s * u * yy;
    return {
      x: b * (alongX * xx + alongY * xy),
      y: b * (alongX * xy + alongY * yy),
      einsteinRadius: ((2 * q) / (1 + q)) * (alongX * inX + alongY * inY),
      coreRadius: -(b / D) * (alongX * xD * (q * q * (s / psi) + 1) + alongY * yD * (s / psi + 1)),
      axisRatio: b * (alongX * ratioX + alongY * ratioY),
      turn: b * (1 + q) ** 2 * (alongX * turnX + alongY * turnY),
    };
  }

  return {
    ...(einsteinRadius === 0
      ? massless
      : {
          deflect,
          convergence: (x, y) => einsteinRadius / ((1 + q) * Math.hypot(s, x, y / q)),
          potential(x, y) {
            deflect(x, y, scratch);
            const homogeneous = x * scratch[0] + y * scratch[1];
            if (s === 0) return homogeneous;
            return homogeneous - b * s * riseOver(x / s, y / s);
          },
        }),
    adjoint,
  };
}

/** The adjoint at the centre where no core is. */
const nothing = { x: 0, y: 0, einsteinRadius: 0, coreRadius: 0, axisRatio: 0, turn: 0 };

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

/** Below this z arctan and artanh are summed as z^(2n+1) / (2n+1), in as many terms. */
const nearRound = 0.1;
const nearRoundTerms = 8;

/** (value - u) sign / f^2, value artanh(f u) / f for a sign of 1, arctan(f u) / f for -1: u^3 / 3 where f is 0. */
function bendOf(f: number, u: number, value: number, sign: 1 | -1): number {
  const z = f * u;
  if (Math.abs(z) >= nearRound) return (sign * (value - u)) / (f * f);
  if (z === 0) return (u * u * u) / 3;
  let sum = 0;
  for (let n = nearRoundTerms; n >= 0; n--) sum = sum * sign * z * z + 1 / (2 * n + 3);
  return u * u * u * sum;
}

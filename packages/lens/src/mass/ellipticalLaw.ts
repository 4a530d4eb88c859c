import { type EllipseName, type MassLaw, massless } from './law.js';
import type { ClosedDensity, RadialDensity } from './radialDensity.js';
import { shellsOf } from './shells.js';

/** The law of a round density. */
export function roundLaw(density: ClosedDensity, amplitude: number, scale: number): MassLaw<'amplitude' | 'scale'> {
  const rates = new Float64Array(2);
  return {
    ...(amplitude === 0
      ? massless
      : {
          deflect(x, y, out) {
            const radius = Math.hypot(x, y);
            const factor = radius === 0 ? 0 : (amplitude * scale * density.deflection(radius / scale)) / radius;
            out[0] = factor * x;
            out[1] = factor * y;
          },
          convergence: (x, y) => amplitude * density.convergence(Math.hypot(x, y) / scale),
          potential: (x, y) => amplitude * scale ** 2 * density.potential(Math.hypot(x, y) / scale),
        }),
    /** The mean density within and the density at a radius, m and kappa, are the eigenvalues m and 2 kappa - m. */
    adjoint(x, y, alongX, alongY) {
      const radius = Math.hypot(x, y);
      if (radius === 0) return { x: 0, y: 0, amplitude: 0, scale: 0 };
      const [cosine, sine] = [x / radius, y / radius];
      const outward = alongX * cosine + alongY * sine;
      density.rates(radius / scale, rates);
      const mean = (density.deflection(radius / scale) * scale) / radius;
      const fall = 2 * (rates[0] - mean) * outward;
      return {
        x: amplitude * (mean * alongX + fall * cosine),
        y: amplitude * (mean * alongY + fall * sine),
        amplitude: mean * outward * radius,
        scale: (-amplitude * fall * radius) / scale,
      };
    },
  };
}

/** Where twice the nodes change an integral by less than this part of it, its error is about the square of that. */
const settled = { deflection: 1e-8, potential: 1e-10, adjoint: 1e-6 };

/** The same where a small core has a small part in the integral, whose own error alone is squared. */
const settledAroundCores = { deflection: 1e-11, potential: 1e-11, adjoint: 1e-10 };

/** What a quantity changes by with all that an elliptical density is made of. */
export interface ByDensity {
  readonly x: number;
  readonly y: number;
  readonly amplitude: number;
  readonly scale: number;
  readonly axisRatio: number;
  readonly turn: number;
  /** By every parameter of the shape. */
  readonly shape: readonly number[];
}

/** A law before its parameters have names. */
export type DensityLaw = Omit<MassLaw<string>, 'adjoint'> & {
  adjoint(x: number, y: number, alongX: number, alongY: number): ByDensity;
};

/**
 * The law of a round density, its circles of constant density stretched to ellipses with x^2 + y^2 / q^2 constant.
 *
 * Deflection 2q / (1-q^2) (x int_0^L kappa(xi) e^-s ds, y int_0^L kappa(xi) e^s ds), potential
 * int_0^L G kappa(xi) (dxi^2/ds) ds with G = q/2 ln(tanh(L/2) / tanh(s/2)), L = ln(1/q) and xi^2 = (1 - e^-2s) / (1-q^2)
 * (x^2 + y^2 e^2s): the integrals of Schramm 1990 and Keeton 2001 in s = -ln(1 - (1-q^2) u) / 2, where they are as
 * smooth for a needle as for a circle; that of the potential by parts, so that nothing but the density is needed. By the
 * tanh-sinh rule, refined at every point until it holds to about 1e-12 of the result, on both sides of a kink.
 *
 * Cost: some 100 values of the round density for each point, some 400 for needles or far outside of the density's core.
 */
export function ellipticalLaw(density: RadialDensity, amplitude: number, scale: number, q: number): DensityLaw {
  const { shapes = 0 } = density;
  const { integralsOf, placeOfShell } = shellsOf(q, density.cusp);
  const within = density.cored === true ? settledAroundCores : settled;
  const deflections = integralsOf(2, within.deflection);
  const depths = integralsOf(1, within.potential);
  const adjoints = integralsOf(10, within.adjoint, 2 * shapes);

  function deflect(x: number, y: number, out: Float64Array): void {
    out.fill(0);
    if (x === 0 && y === 0) return;
    const zOf = shellRadiusAt(x, y, scale);
    const [A, B] = deflections(
      ({ shell, stretch, alongX, alongY }, sums) => {
        for (let i = 0; i < shell.length; i++) {
          const kappa = density.convergence(zOf(shell[i], stretch[i]));
          sums[0] += alongX[i] * kappa;
          sums[1] += alongY[i] * kappa;
        }
      },
      kinkAt(x, y),
    );
    out[0] = amplitude * x * A;
    out[1] = amplitude * y * B;
  }

  function potential(x: number, y: number): number {
    const distance = Math.hypot(x, y);
    if (distance === 0) return 0;
    const [xx, yy] = [(x / distance) ** 2, (y / distance) ** 2];
    const zOf = shellRadiusAt(x, y, scale);
    const [integral] = depths(
      ({ shell, stretch, depthX, depthY }, sums) => {
        for (let i = 0; i < shell.length; i++) {
          sums[0] += (xx * depthX[i] + yy * depthY[i]) * density.convergence(zOf(shell[i], stretch[i]));
        }
      },
      kinkAt(x, y),
    );
    return amplitude * distance * distance * integral;
  }

  function kinkAt(x: number, y: number): number | undefined {
    if (density.kink === undefined) return undefined;
    const distance = Math.hypot(x, y);
    return placeOfShell(((density.kink * scale) / distance) ** 2, (x / distance) ** 2, (y / distance) ** 2);
  }

  /** As if all was as dense as its centre; where that is endless 0, the mean of all directions. */
  function atCentre(alongX: number, alongY: number): ByDensity {
    const central = amplitude * density.convergence(0);
    const across = Number.isFinite(central) ? (2 * central) / (1 + q) : 0;
    const shape = new Array<number>(shapes).fill(0);
    return { x: alongX * across * q, y: alongY * across, amplitude: 0, scale: 0, axisRatio: 0, turn: 0, shape };
  }

  const rates = new Float64Array(2 + shapes);

  /**
   * With c, s the direction of the point, p = 1 / (c^2 + s^2 e^2s), kappa' the derivative of kappa by ln xi, and weights
   * q e^s du: A = int kappa, B = int kappa e^2s, K_n = int kappa u e^(2ns), M_n = int kappa' p e^(2ns),
   * N_n = int kappa' p u e^(2ns). The deflection is (x A, y B), its Jacobian (A + c^2 M_0, c s M_1; c s M_1, B + s^2 M_2);
   * by the scale -(x (c^2 M_0 + s^2 M_1), y (c^2 M_1 + s^2 M_2)) / scale; by q
   * (x (A/q - q (K_1 + s^2 N_2)), y (B/q - q (3 K_2 + s^2 N_3))); by the angle, from J (y, -x) + (-alpha_y, alpha_x) with
   * 1 - e^2s = -(1-q^2) u e^2s, -(1-q^2) (y (K_1 + c^2 N_1), x (K_1 + s^2 N_2)); by its shape (x A, y B) of the
   * derivative of kappa.
   */
  function adjoint(x: number, y: number, alongX: number, alongY: number): ByDensity {
    const distance = Math.hypot(x, y);
    if (distance === 0) return atCentre(alongX, alongY);
    const [cc, cs, ss] = [(x / distance) ** 2, (x / distance) * (y / distance), (y / distance) ** 2];
    const found = adjoints(
      (shells, sums) => {
        for (let i = 0; i < shells.shell.length; i++) {
          const u = shells.shell[i];
          const stretch = shells.stretch[i];
          const squared = cc + ss * stretch;
          density.rates(Math.max((distance / scale) * Math.sqrt(u * squared), innermost), rates);
          const kappa = shells.alongX[i] * rates[0];
          const stretched = shells.alongY[i] * rates[0];
          const slope = (shells.alongX[i] * rates[1]) / squared;
          const slopeStretched = slope * stretch;
          const slopeTwice = slopeStretched * stretch;
          sums[0] += kappa;
          sums[1] += stretched;
          sums[2] += stretched * u;
          sums[3] += stretched * u * stretch;
          sums[4] += slope;
          sums[5] += slopeStretched;
          sums[6] += slopeTwice;
          sums[7] += slopeStretched * u;
          sums[8] += slopeTwice * u;
          sums[9] += slopeTwice * u * stretch;
          for (let k = 0, at = 10; k < shapes; k++, at += 2) {
            const first = shells.alongX[i] * rates[2 + k];
            const second = shells.alongY[i] * rates[2 + k];
            sums[at] += first;
            sums[at + 1] += second;
            sums[at + 2 * shapes] += Math.abs(first);
            sums[at + 2 * shapes + 1] += Math.abs(second);
          }
        }
      },
      kinkAt(x, y),
    );
    const [A, B, K1, K2, M0, M1, M2, N1, N2, N3] = found;
    return {
      x: amplitude * (alongX * (A + cc * M0) + alongY * cs * M1),
      y: amplitude * (alongX * cs * M1 + alongY * (B + ss * M2)),
      amplitude: alongX * x * A + alongY * y * B,
      scale: (-amplitude * (alongX * x * (cc * M0 + ss * M1) + alongY * y * (cc * M1 + ss * M2))) / scale,
      axisRatio:
        amplitude * (alongX * x * (A / q - q * (K1 + ss * N2)) + alongY * y * (B / q - q * (3 * K2 + ss * N3))),
      turn: -amplitude * (1 + q) ** 2 * (alongX * y * (K1 + cc * N1) + alongY * x * (K1 + ss * N2)),
      shape: Array.from(
        { length: shapes },
        (_, k) => amplitude * (alongX * x * found[10 + 2 * k] + alongY * y * found[11 + 2 * k]),
      ),
    };
  }

  return {
    ...(amplitude === 0
      ? massless
      : isClosed(density) && q === 1
        ? roundLaw(density, amplitude, scale)
        : { deflect, convergence: (x, y) => amplitude * density.convergence(Math.hypot(x, y / q) / scale), potential }),
    adjoint,
  };
}

/** The law with its parameters under the names of a kind: `byNames` is the chain rule. */
export function withParameters<Name extends string>(
  { deflect, convergence, potential, adjoint }: DensityLaw,
  byNames: (by: ByDensity) => { readonly [Each in Name]: number } & { readonly axisRatio?: number },
): MassLaw<Name | EllipseName> {
  return {
    deflect,
    convergence,
    potential,
    adjoint(x, y, alongX, alongY) {
      const by = adjoint(x, y, alongX, alongY);
      return { x: by.x, y: by.y, axisRatio: by.axisRatio, turn: by.turn, ...byNames(by) };
    },
  };
}

function isClosed(density: RadialDensity): density is ClosedDensity {
  return 'deflection' in density;
}

/** Densities are taken to be constant within this, over their scale: a power of it is a number. */
const innermost = 1e-160;

/** xi over the scale at a point; squares of the distances themselves might underflow. */
function shellRadiusAt(x: number, y: number, scale: number): (shell: number, stretch: number) => number {
  const distance = Math.hypot(x, y);
  const alongX = (x / distance) ** 2;
  const alongY = (y / distance) ** 2;
  return (shell, stretch) => Math.max((distance / scale) * Math.sqrt(shell * (alongX + alongY * stretch)), innermost);
}

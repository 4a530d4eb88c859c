import { wholeSky } from '../profile/lengths.js';
import { type MassLaw, massKind, massless } from './law.js';

const parameters = {
  einsteinRadius: {
    doc: 'Einstein radius in arcsec of the power law that it is a part of',
    unit: 'arcsec',
    minimum: 0,
    maximum: wholeSky,
  },
  slope: { doc: 'logarithmic slope of the density, 2 for isothermal', above: 1, below: 3 },
  sine: { doc: 'strength along sin(m phi)', default: 0 },
  cosine: { doc: 'strength along cos(m phi)', default: 0 },
} as const;

type Values = { readonly [Name in keyof typeof parameters]: number };

const source = 'Chu et al. 2013; Powell et al. 2022';

/** A power law to one side. At a slope of exactly 2 it has no finite deflection. */
export const powerLawMultipole1 = massKind({
  doc: 'multipole of order m = 1: a power law to one side; not at a slope of 2',
  formula: 'kappa = (einsteinRadius / r)^(slope-1) (sine sin(phi) + cosine cos(phi)) / 2',
  source,
  symmetry: 'circular',
  parameters,
  prepare: (values) => multipoleLaw(1, values),
});

/** A power law to three sides. */
export const powerLawMultipole3 = massKind({
  doc: 'multipole of order m = 3: a power law to three sides',
  formula: 'kappa = (einsteinRadius / r)^(slope-1) (sine sin(3 phi) + cosine cos(3 phi)) / 2',
  source,
  symmetry: 'circular',
  parameters,
  prepare: (values) => multipoleLaw(3, values),
});

/** A power law to four sides: boxy or with discs. */
export const powerLawMultipole4 = massKind({
  doc: 'multipole of order m = 4: boxes and discs',
  formula: 'kappa = (einsteinRadius / r)^(slope-1) (sine sin(4 phi) + cosine cos(4 phi)) / 2',
  source,
  symmetry: 'circular',
  parameters,
  prepare: (values) => multipoleLaw(4, values),
});

/**
 * With t = slope - 1, p = 2 - t and T = sine sin(m phi) + cosine cos(m phi), T' by phi: potential
 * einsteinRadius^t r^p T / (p^2 - m^2), of which the deflection is (p T, T') einsteinRadius^t r^(p-1) / (p^2 - m^2) along
 * radius and angle. Every component of a deflection of degree p - 1 has the Jacobian ((p-1) f, df/dphi) / r.
 */
function multipoleLaw(m: 1 | 3 | 4, { einsteinRadius, slope, sine, cosine }: Values): MassLaw<keyof Values> {
  const t = slope - 1;
  const p = 2 - t;
  const norm = (p - m) * (p + m);

  /** T, T' / m at an angle. */
  function termsAt(x: number, y: number): readonly [number, number] {
    const angle = m * Math.atan2(y, x);
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    return [sine * s + cosine * c, sine * c - cosine * s];
  }

  /** einsteinRadius^t r^(p-1) / (p^2 - m^2). */
  function sizeAt(radius: number): number {
    return (einsteinRadius / radius) ** t * (radius / norm);
  }

  function deflect(x: number, y: number, out: Float64Array): void {
    const radius = Math.hypot(x, y);
    if (radius === 0) {
      out.fill(0);
      return;
    }
    const [T, around] = termsAt(x, y);
    const size = sizeAt(radius);
    const [c, s] = [x / radius, y / radius];
    out[0] = size * (p * T * c - m * around * s);
    out[1] = size * (p * T * s + m * around * c);
  }

  function adjoint(x: number, y: number, alongX: number, alongY: number) {
    const radius = Math.hypot(x, y);
    if (radius === 0) return { x: 0, y: 0, einsteinRadius: 0, slope: 0, sine: 0, cosine: 0 };
    const [c, s] = [x / radius, y / radius];
    const [T, around] = termsAt(x, y);
    const outward = alongX * c + alongY * s;
    const sideways = alongY * c - alongX * s;
    const size = sizeAt(radius);
    // By 1 and by the angle, of the deflection along what is asked for.
    const along = size * (p * T * outward + m * around * sideways);
    const turned = size * (m * (p - 1) * around * outward + (p - m * m) * T * sideways);
    const byRadius = ((p - 1) * along) / radius;
    const byAngle = turned / radius;
    const first = einsteinRadius === 0 && t === 1 ? 1 : einsteinRadius === 0 ? 0 : einsteinRadius ** (t - 1);
    const unit = (radius ** (1 - t) / norm) * t * first;
    const [sm, cm] = [Math.sin(m * Math.atan2(y, x)), Math.cos(m * Math.atan2(y, x))];
    return {
      x: byRadius * c - byAngle * s,
      y: byRadius * s + byAngle * c,
      einsteinRadius: unit * (p * T * outward + m * around * sideways),
      slope:
        einsteinRadius === 0 ? 0 : along * (Math.log(einsteinRadius / radius) + (2 * p) / norm) - size * T * outward,
      sine: size * (p * sm * outward + m * cm * sideways),
      cosine: size * (p * cm * outward - m * sm * sideways),
    };
  }

  return {
    ...(einsteinRadius === 0
      ? massless
      : {
          deflect,
          convergence: (x, y) => ((einsteinRadius / Math.hypot(x, y)) ** t * termsAt(x, y)[0]) / 2,
          potential: (x, y) => {
            const radius = Math.hypot(x, y);
            return radius === 0 ? 0 : sizeAt(radius) * radius * termsAt(x, y)[0];
          },
        }),
    adjoint,
  };
}

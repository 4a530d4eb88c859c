import { profileKind } from '../profile/kind.js';
import type { MassLaw } from './law.js';

const parameters = {
  einsteinRadius: { doc: 'Einstein radius in arcsec', minimum: 0 },
  slope: { doc: 'logarithmic slope of the density, 2 for isothermal', above: 1, below: 3 },
} as const;

/** Elliptical power law. */
export const powerLaw = profileKind({
  doc: 'elliptical power law',
  formula: 'kappa = (3-slope)/(1+q) (einsteinRadius / sqrt(x^2 + y^2/q^2))^(slope-1)',
  source: 'Tessore & Metcalf 2015',
  symmetry: 'elliptical',
  parameters,
  prepare: powerLawLaw,
});

/** Spherical power law. */
export const powerLawSph = profileKind({
  doc: 'spherical power law',
  formula: 'kappa = (3-slope)/2 (einsteinRadius / r)^(slope-1)',
  source: 'Tessore & Metcalf 2015',
  symmetry: 'circular',
  parameters,
  prepare: powerLawLaw,
});

/** A series term below this part of the sum adds nothing in float64. */
const smallest = 1e-18;

/**
 * With t = slope - 1, R^2 = q^2 x^2 + y^2, f = (1-q)/(1+q), R e^(i phi) = q x + i y and
 * b = einsteinRadius q (2/(1+q))^(1/t): deflection 2 b/(1+q) (b/R)^(t-1) sum_n Omega_n,
 * Omega_0 = e^(i phi), Omega_n = -f (2n - (2-t))/(2n + (2-t)) e^(2 i phi) Omega_(n-1).
 */
function powerLawLaw(
  { einsteinRadius, slope }: { readonly einsteinRadius: number; readonly slope: number },
  q: number,
): MassLaw {
  const t = slope - 1;
  const f = (1 - q) / (1 + q);
  const b = einsteinRadius * q * (2 / (1 + q)) ** (1 / t);
  const ratios: number[] = [];
  for (let n = 1, size = f; size > smallest; n++, size *= f) ratios.push((-f * (2 * n - (2 - t))) / (2 * n + (2 - t)));
  const scratch = new Float64Array(2);

  function deflect(x: number, y: number, out: Float64Array): void {
    const R = Math.hypot(q * x, y);
    // The limit: finite for a density that is no steeper than isothermal, by symmetry 0 for every density.
    if (R === 0 || b === 0) {
      out[0] = 0;
      out[1] = 0;
      return;
    }
    const cosine = (q * x) / R;
    const sine = y / R;
    const turnReal = cosine * cosine - sine * sine;
    const turnImaginary = 2 * cosine * sine;
    let termReal = cosine;
    let termImaginary = sine;
    let sumReal = cosine;
    let sumImaginary = sine;
    for (const ratio of ratios) {
      const next = ratio * (turnReal * termReal - turnImaginary * termImaginary);
      termImaginary = ratio * (turnReal * termImaginary + turnImaginary * termReal);
      termReal = next;
      sumReal += termReal;
      sumImaginary += termImaginary;
    }
    const size = ((2 * b) / (1 + q)) * (b / R) ** (t - 1);
    out[0] = size * sumReal;
    out[1] = size * sumImaginary;
  }

  return {
    deflect,
    convergence: (x, y) => ((2 - t) / (1 + q)) * (einsteinRadius / Math.hypot(x, y / q)) ** t,
    potential(x, y) {
      deflect(x, y, scratch);
      return (x * scratch[0] + y * scratch[1]) / (2 - t);
    },
  };
}

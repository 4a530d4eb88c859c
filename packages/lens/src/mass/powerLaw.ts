import { wholeSky } from '../profile/lengths.js';
import { type EllipseName, type MassLaw, massKind, massless } from './law.js';

const parameters = {
  einsteinRadius: { doc: 'Einstein radius in arcsec', unit: 'arcsec', minimum: 0, maximum: wholeSky },
  slope: { doc: 'logarithmic slope of the density, 2 for isothermal', above: 1, below: 3 },
} as const;

/** Elliptical power law. */
export const powerLaw = massKind({
  doc: 'elliptical power law',
  formula: 'kappa = (3-slope)/(1+q) (einsteinRadius / sqrt(x^2 + y^2/q^2))^(slope-1)',
  source: 'Tessore & Metcalf 2015',
  symmetry: 'elliptical',
  parameters,
  prepare: powerLawLaw,
});

/** Spherical power law. */
export const powerLawSph = massKind({
  doc: 'spherical power law',
  formula: 'kappa = (3-slope)/2 (einsteinRadius / r)^(slope-1)',
  source: 'Tessore & Metcalf 2015',
  symmetry: 'circular',
  parameters,
  prepare: powerLawLaw,
});

/** What is left of the continued fraction beyond its last step is below this part of it. */
const smallest = 1e-17;

/**
 * With t = slope - 1, w = R e^(i phi) = q x + i y, e = (1-q) / (1+q) and z = -e e^(2 i phi): deflection
 * (2/(1+q))^2 (einsteinRadius q / R)^t w F(z), F = 2F1(1, t/2; 2 - t/2; z).
 *
 * F is Gauss's continued fraction 1 / (1 - k_1 z G), G = 1 / (1 - k_2 z / (1 - ...)), whose steps are all positive: it
 * converges at every axis ratio and loses no digits, in some 13 steps at q = 0.7, 70 at 0.05, 1400 at 0.0001.
 */
function powerLawLaw(
  { einsteinRadius, slope }: { readonly einsteinRadius: number; readonly slope: number },
  q: number,
): MassLaw<'einsteinRadius' | 'slope' | EllipseName> {
  const t = slope - 1;
  const flattening = (1 - q) / (1 + q);
  const { steps, bySlope } = stepsOf(t, flattening);
  const scratch = new Float64Array(2);

  function deflect(x: number, y: number, out: Float64Array): void {
    const R = Math.hypot(q * x, y);
    // The limit: finite for a density that is no steeper than isothermal, by symmetry 0 for every density.
    if (R === 0) {
      out[0] = 0;
      out[1] = 0;
      return;
    }
    const cosine = (q * x) / R;
    const sine = y / R;
    const zReal = -flattening * (cosine - sine) * (cosine + sine);
    const zImaginary = -flattening * 2 * cosine * sine;
    // From the last step to the first, 1 / F comes out.
    let re = 1;
    let im = 0;
    for (let n = steps.length - 1; n >= 0; n--) {
      const size = steps[n] / (re * re + im * im);
      const nextRe = 1 - size * (zReal * re + zImaginary * im);
      im = -size * (zImaginary * re - zReal * im);
      re = nextRe;
    }
    const size = ((2 / (1 + q)) ** 2 * R * ((einsteinRadius * q) / R) ** t) / (re * re + im * im);
    out[0] = size * (cosine * re + sine * im);
    out[1] = size * (sine * re - cosine * im);
  }

  /**
   * With dw = q dx + i dy and w = R (c + i s), alpha = deflection and B = (2/(1+q))^2 (einsteinRadius q / R)^t w e^(2 i phi) F':
   * by x (q/R) (alpha ((1-t) c - i s) + 2 i e s B), by y (1/R) (alpha ((1-t) s + i c) - 2 i e c B), by einsteinRadius
   * alpha t / einsteinRadius, by t alpha (ln(einsteinRadius q / R) + F_t / F), by q
   * alpha (-2/(1+q) + (t s^2 + c^2 - i c s) / q) + B (2/(1+q)^2 + 2 i e c s / q), by the angle over e, where
   * what cancels for a circle has done so, alpha (1+q) ((t-1) (1+q) c s / q - i (c^2/q - s^2)) + 2 i B (c^2/q + q s^2).
   *
   * F' = F (t/2) (1 - G (2-t) / (4-t)) / (1 - z), from the differential equation of first order that 2F1(1, b; c; z)
   * obeys; F_t by differentiating every step of the fraction.
   */
  function adjoint(x: number, y: number, alongX: number, alongY: number) {
    const R = Math.hypot(q * x, y);
    if (R === 0 || einsteinRadius === 0) return atNoMass(R, x, y, alongX, alongY);
    const c = (q * x) / R;
    const s = y / R;
    const zReal = -flattening * (c - s) * (c + s);
    const zImaginary = -flattening * 2 * c * s;
    // v = re + i im is the rest of the fraction, 1 / G before the first step; dRe + i dIm its derivative by t.
    let [re, im, dRe, dIm] = [1, 0, 0, 0];
    let [restRe, restIm] = [1, 0];
    for (let n = steps.length - 1; n >= 0; n--) {
      restRe = re;
      restIm = im;
      const inverse = 1 / (re * re + im * im);
      const overRe = (zReal * re + zImaginary * im) * inverse;
      const overIm = (zImaginary * re - zReal * im) * inverse;
      const step = steps[n];
      const growth = step * inverse;
      const growthRe = (dRe * re + dIm * im) * growth - bySlope[n];
      const growthIm = (dIm * re - dRe * im) * growth;
      dRe = overRe * growthRe - overIm * growthIm;
      dIm = overRe * growthIm + overIm * growthRe;
      re = 1 - step * overRe;
      im = -step * overIm;
    }
    const size = (2 / (1 + q)) ** 2 * R * ((einsteinRadius * q) / R) ** t;
    const overF = 1 / (re * re + im * im);
    const alphaRe = size * (c * re + s * im) * overF;
    const alphaIm = size * (s * re - c * im) * overF;

    // B = alpha e^(2 i phi) F' / F.
    const overRest = (2 - t) / (4 - t) / (restRe * restRe + restIm * restIm);
    const gapRe = (2 * q) / (1 + q) + 2 * flattening * c * c;
    const gapIm = 2 * flattening * c * s;
    const overGap = t / 2 / (gapRe * gapRe + gapIm * gapIm);
    const upRe = 1 - restRe * overRest;
    const upIm = restIm * overRest;
    const riseRe = (upRe * gapRe + upIm * gapIm) * overGap;
    const riseIm = (upIm * gapRe - upRe * gapIm) * overGap;
    const twiceRe = (c - s) * (c + s);
    const twiceIm = 2 * c * s;
    const ratioRe = twiceRe * riseRe - twiceIm * riseIm;
    const ratioIm = twiceRe * riseIm + twiceIm * riseRe;

    // The derivative of a quantity by a parameter is Re(conj(along) alpha (that of ln alpha)).
    const alongRe = alongX * alphaRe + alongY * alphaIm;
    const alongIm = alongX * alphaIm - alongY * alphaRe;
    const bRe = alongRe * ratioRe - alongIm * ratioIm;
    const bIm = alongRe * ratioIm + alongIm * ratioRe;
    const bySteps = -(re * dRe + im * dIm) * overF;
    const byStepsIm = -(re * dIm - im * dRe) * overF;
    const cosineSine = (c * s) / q;
    return {
      x: (q / R) * (alongRe * (1 - t) * c + alongIm * s - 2 * flattening * s * bIm),
      y: (alongRe * (1 - t) * s - alongIm * c + 2 * flattening * c * bIm) / R,
      einsteinRadius: (t / einsteinRadius) * alongRe,
      slope: alongRe * (Math.log((einsteinRadius * q) / R) + bySteps) - alongIm * byStepsIm,
      axisRatio:
        alongRe * (-2 / (1 + q) + (t * s * s + c * c) / q) +
        alongIm * cosineSine +
        bRe * (2 / (1 + q) ** 2) -
        bIm * 2 * flattening * cosineSine,
      turn:
        (1 + q) * (alongRe * (t - 1) * (1 + q) * cosineSine + alongIm * ((c * c) / q - s * s)) -
        2 * bIm * ((c * c) / q + q * s * s),
    };
  }

  /** Without mass only its first arcsec counts, which moves light by a finite amount where the slope is 2. */
  function atNoMass(R: number, x: number, y: number, alongX: number, alongY: number) {
    const isothermal = R > 0 && t === 1;
    const first = isothermal ? powerLawLaw({ einsteinRadius: 1, slope }, q).adjoint(x, y, alongX, alongY) : undefined;
    return { x: 0, y: 0, einsteinRadius: first?.einsteinRadius ?? 0, slope: 0, axisRatio: 0, turn: 0 };
  }

  return {
    ...(einsteinRadius === 0
      ? massless
      : {
          deflect,
          convergence: (x, y) => ((2 - t) / (1 + q)) * (einsteinRadius / Math.hypot(x, y / q)) ** t,
          potential(x, y) {
            deflect(x, y, scratch);
            return (x * scratch[0] + y * scratch[1]) / (2 - t);
          },
        }),
    adjoint,
  };
}

/** The k_n of 2F1(1, t/2; 2 - t/2; z), as many as abs(z) <= largest needs, and their derivatives by t. */
function stepsOf(t: number, largest: number) {
  const root = Math.sqrt(1 - largest);
  const ratio = (1 - root) / (1 + root);
  const count = ratio === 0 ? 1 : 2 + Math.ceil(Math.log(smallest) / Math.log(ratio));
  const steps = new Float64Array(count);
  const bySlope = new Float64Array(count);
  // The first step's denominator is 1 - t/2, which it has above the line too.
  steps[0] = t / 2 / (2 - t / 2);
  bySlope[0] = 1 / (2 - t / 2) ** 2;
  for (let n = 2; n <= count; n++) {
    const half = Math.floor(n / 2);
    const odd = n % 2 === 1;
    const above = odd ? (t / 2 + half) * (1 - t / 2 + half) : half * (1 - t + half);
    const below = (n - t / 2) * (n + 1 - t / 2);
    steps[n - 1] = above / below;
    bySlope[n - 1] = ((odd ? (1 - t) / 2 : -half) + steps[n - 1] * (n + (1 - t) / 2)) / below;
  }
  return { steps, bySlope };
}

import { type Parameters, profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import type { LightLaw } from './law.js';
import { sersicConstantOf } from './sersicConstant.js';

const parameters = {
  intensity: { doc: 'surface brightness at the radius of the break', minimum: 0 },
  effectiveRadius: {
    doc: 'radius in arcsec that half of the light of the outer profile is within',
    unit: 'arcsec',
    above: 0,
    maximum: wholeSky,
  },
  radiusBreak: { doc: 'radius in arcsec of the break', unit: 'arcsec', above: 0, maximum: wholeSky },
  alpha: { doc: 'how sharp the break is', above: 0 },
  gamma: { doc: 'slope of the power law within the break', minimum: 0 },
} as const satisfies Parameters;

const formula =
  'I 2^(-gamma/alpha) exp(b_n (2^(1/alpha) radiusBreak / effectiveRadius)^(1/n)) (1 + (radiusBreak/r)^alpha)^(gamma/alpha) exp(-b_n ((r^alpha + radiusBreak^alpha) / effectiveRadius^alpha)^(1/(n alpha))), I = intensity, r = sqrt(q x^2 + y^2 / q)';
const source = 'Graham et al. 2003; Trujillo et al. 2004; b_n of Ciotti & Bertin 1999';

/** A Sersic profile that is a power law within a radius. */
export const sersicCore = profileKind({
  doc: "Sersic's profile with a core: a power law within a radius, n = sersicIndex",
  formula,
  source,
  symmetry: 'elliptical',
  parameters: { ...parameters, sersicIndex: { doc: 'Sersic index n', minimum: 0.5 } },
  prepare: (values, q) => coreLaw(values, q),
});

/** A disc of exponential brightness that is a power law within a radius. */
export const exponentialCore = profileKind({
  doc: "Sersic's profile with a core: a power law within a radius, n = 1",
  formula,
  source,
  symmetry: 'elliptical',
  parameters,
  prepare: (values, q) => coreLaw({ ...values, sersicIndex: 1 }, q),
});

type Values = { readonly [Name in keyof typeof parameters]: number } & { readonly sersicIndex: number };

function coreLaw(values: Values, q: number): LightLaw {
  const { intensity, effectiveRadius, radiusBreak, alpha, gamma, sersicIndex: n } = values;
  const b = sersicConstantOf(n);
  const atBreak = b * Math.exp((Math.LN2 / alpha + Math.log(radiusBreak / effectiveRadius)) / n);
  return (x, y) => {
    const radius = Math.hypot(Math.sqrt(q) * x, y / Math.sqrt(q));
    // Logarithms, as powers of alpha overflow: ln of 1 + (radiusBreak/r)^alpha, and ln of the softened radius.
    const inwards = softPlus(alpha * Math.log(radiusBreak / radius));
    const softened = Math.log(radius / effectiveRadius) + inwards / alpha;
    const outer = radius === 0 ? Math.log(radiusBreak / effectiveRadius) : softened;
    const cusp = gamma === 0 ? 0 : (gamma / alpha) * (inwards - Math.LN2);
    return intensity * Math.exp(cusp + atBreak - b * Math.exp(outer / n));
  };
}

/** ln(1 + e^x). */
function softPlus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

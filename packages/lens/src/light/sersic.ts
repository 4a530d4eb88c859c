import { type Parameters, profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import type { LightLaw } from './law.js';
import { sersicConstantOf } from './sersicConstant.js';

const common = {
  intensity: { doc: 'surface brightness at the effective radius', minimum: 0 },
  effectiveRadius: {
    doc: 'radius in arcsec that half of the light is within',
    unit: 'arcsec',
    above: 0,
    maximum: wholeSky,
  },
} as const satisfies Parameters;

const formula = 'intensity exp(-b_n ((r / effectiveRadius)^(1/n) - 1)), r = sqrt(q x^2 + y^2 / q)';
const source = 'Sersic 1963; b_n of Ciotti & Bertin 1999';

/** Sersic's profile. */
export const sersic = profileKind({
  doc: "Sersic's profile, n = sersicIndex",
  formula,
  source,
  symmetry: 'elliptical',
  parameters: { ...common, sersicIndex: { doc: 'Sersic index n', minimum: 0.5 } },
  prepare: (values, q) => sersicLaw({ ...values, axisRatio: q }),
});

/** A disc of exponential brightness. */
export const exponential = profileKind({
  doc: "Sersic's profile, n = 1",
  formula,
  source,
  symmetry: 'elliptical',
  parameters: common,
  prepare: (values, q) => sersicLaw({ ...values, sersicIndex: 1, axisRatio: q }),
});

/** An elliptical galaxy of de Vaucouleurs' law. */
export const devVaucouleurs = profileKind({
  doc: "Sersic's profile, n = 4",
  formula,
  source: `de Vaucouleurs 1948; ${source}`,
  symmetry: 'elliptical',
  parameters: common,
  prepare: (values, q) => sersicLaw({ ...values, sersicIndex: 4, axisRatio: q }),
});

function sersicLaw({
  intensity,
  effectiveRadius,
  sersicIndex,
  axisRatio: q,
}: {
  readonly intensity: number;
  readonly effectiveRadius: number;
  readonly sersicIndex: number;
  readonly axisRatio: number;
}): LightLaw {
  const b = sersicConstantOf(sersicIndex);
  const [alongX, alongY] = [Math.sqrt(q), 1 / Math.sqrt(q)];
  // (r / effectiveRadius)^(1/n) - 1 without cancellation where n is large.
  return (x, y) =>
    intensity * Math.exp(-b * Math.expm1(Math.log(Math.hypot(alongX * x, alongY * y) / effectiveRadius) / sersicIndex));
}

import { WtildeError } from '@wtilde/core-types';
import { profileKind } from '../profile/kind.js';
import { wholeSky } from '../profile/lengths.js';
import { gaussian } from './gaussian.js';
import type { LightLaw } from './law.js';

const length = { unit: 'arcsec', above: 0, maximum: wholeSky } as const;

/** Gaussians of one ellipse, which together fit light of almost any shape. */
export const multiGaussian = profileKind({
  doc: 'multi-Gaussian expansion, the intensity of every Gaussian solved for',
  formula: 'sum of intensity_k exp(-(q^2 x^2 + y^2) / (2 sigma_k^2)), sigma_k in equal steps of the logarithm',
  source: 'Cappellari 2002, MNRAS 333, 400',
  symmetry: 'elliptical',
  parameters: {
    gaussians: { doc: 'how many, a whole number', minimum: 2, maximum: 1000 },
    minimumSigma: { doc: 'sigma of the narrowest in arcsec, along the minor axis', ...length },
    maximumSigma: { doc: 'sigma of the widest in arcsec', ...length },
  },
  prepare({ gaussians, minimumSigma: from, maximumSigma: to }, q): readonly LightLaw[] {
    if (!Number.isInteger(gaussians)) throw refused('gaussians', 'a whole number from 2 to 1000', gaussians);
    if (!(to > from)) throw refused('maximumSigma', `a number above minimumSigma, ${from}`, to);
    return Array.from({ length: gaussians }, (_, k) =>
      gaussian.prepare({ intensity: 1, sigma: from * (to / from) ** (k / (gaussians - 1)) }, q),
    );
  },
});

function refused(name: string, expected: string, actual: number): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the value is out of domain',
    where: `MultiGaussian.${name}`,
    expected,
    actual: String(actual),
    remedy: 'correct the lens model',
  });
}

import { WtildeError } from '@wtilde/core-types';
import { gaussLegendre } from '@wtilde/numerics';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';

/** A flat universe of matter, a cosmological constant, photons and neutrinos. */
export interface Cosmology {
  /** H0 in km / s / Mpc. */
  readonly hubbleConstant: number;
  /** Omega_m today, massive neutrinos not counted. */
  readonly matterDensity: number;
  /** Of the background, in K; 0 for a universe without radiation. */
  readonly temperature: number;
  /** Effective number of neutrino species. */
  readonly neutrinos: number;
  /** Of each species in eV. */
  readonly neutrinoMasses: readonly number[];
}

/** Planck Collaboration 2016, table 4: TT, TE, EE, low P, lensing and external data. The default of PyAutoLens. */
export const planck15: Cosmology = {
  hubbleConstant: 67.74,
  matterDensity: 0.3075,
  temperature: 2.7255,
  neutrinos: 3.046,
  neutrinoMasses: [0, 0, 0.06],
};

/**
 * A cosmology from parsed JSON: `"planck15"`, or `{ "hubbleConstant": 70, "matterDensity": 0.3 }`, without radiation and
 * neutrinos where these are not given.
 *
 * @throws UnknownArgument, MissingArgument, InvalidValue
 */
export function parseCosmology(json: unknown): Cosmology {
  if (json === 'planck15') return planck15;
  if (!isJsonObject(json)) throw noCosmology(json);
  const cosmology: unknown = { temperature: 0, neutrinos: 0, neutrinoMasses: [], ...json };
  checkCosmology(cosmology);
  return cosmology;
}

const speedOfLight = 299792.458;
/** 4 sigma T^4 / c^3 over the critical density at H0 = 1 km / s / Mpc and 1 K (CODATA 2018, IAU 2015). */
const photons = 4.481620089151489e-3;
/** (4/11)^(1/3) times Boltzmann's constant, in eV / K. */
const neutrinoEnergy = 0.7137658555036082 * 8.617333262e-5;
/** 7/8 (4/11)^(4/3): a massless species over photons. */
const perSpecies = 0.22710731766;

const furthest = 1100;
const rule = gaussLegendre(64);

/**
 * Angular diameter distance in Mpc from one redshift to a larger one: (chi_2 - chi_1) / (1 + z_2), chi = c/H0 int dz / E,
 * E^2 = Omega_m (1+z)^3 + Omega_r(z) (1+z)^4 + Omega_Lambda; massive neutrinos by the fit of Komatsu et al. 2011. Right to
 * 1e-12 of the integral, which leaves the fit's own 1e-3 of the neutrinos' part.
 *
 * @throws InvalidValue for redshifts that are not 0 <= from <= to <= 1100, or another universe.
 */
export function angularDiameterDistance(from: number, to: number, cosmology: Cosmology = planck15): number {
  checkCosmology(cosmology);
  checkNumber(from, { minimum: 0, maximum: furthest }, 'angularDiameterDistance from', 'a redshift');
  checkNumber(to, { minimum: from, maximum: furthest }, 'angularDiameterDistance to', 'a redshift');
  return comovingDistance(from, to, cosmology) / (1 + to);
}

/**
 * How much light from one plane is bent by another: D_ij D_s / (D_j D_is), 1 for the last plane s, 0 for a plane that is
 * not behind. Redshifts rise: of the lens i, of the plane j, of the last plane s.
 *
 * @throws InvalidValue
 */
export function planeScaling(lens: number, plane: number, last: number, cosmology: Cosmology = planck15): number {
  checkCosmology(cosmology);
  checkNumber(lens, { above: 0, maximum: furthest }, 'planeScaling lens', 'a redshift');
  checkNumber(last, { above: lens, maximum: furthest }, 'planeScaling last', 'a redshift beyond the lens');
  checkNumber(plane, { above: 0, maximum: last }, 'planeScaling plane', 'a redshift up to the last one');
  if (plane <= lens) return 0;
  if (plane === last) return 1;
  const chi = (from: number, to: number) => comovingDistance(from, to, cosmology);
  return (chi(lens, plane) * chi(0, last)) / (chi(0, plane) * chi(lens, last));
}

function checkCosmology(given: unknown): asserts given is Cosmology {
  const names = { hubbleConstant: true, matterDensity: true, temperature: true, neutrinos: true, neutrinoMasses: true };
  checkNames(given, names, 'cosmology');
  const { hubbleConstant, matterDensity, temperature, neutrinos, neutrinoMasses } = isJsonObject(given) ? given : {};
  checkNumber(hubbleConstant, { above: 0 }, 'cosmology hubbleConstant', 'in km / s / Mpc');
  checkNumber(matterDensity, { minimum: 0, maximum: 1 }, 'cosmology matterDensity', 'a part of the critical density');
  checkNumber(temperature, { minimum: 0 }, 'cosmology temperature', 'of the background in K');
  checkNumber(neutrinos, { minimum: 0 }, 'cosmology neutrinos', 'number of species');
  if (!Array.isArray(neutrinoMasses)) throw noCosmology(neutrinoMasses, 'cosmology neutrinoMasses', 'a list, in eV');
  for (const mass of neutrinoMasses) checkNumber(mass, { minimum: 0 }, 'cosmology neutrinoMasses', 'in eV');
}

function noCosmology(
  given: unknown,
  where = 'lens cosmology',
  expected = '"planck15", or { "hubbleConstant": 70, "matterDensity": 0.3 }',
): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not a cosmology',
    where,
    expected,
    actual: shown(given),
    remedy: 'write that, or leave it out',
  });
}

/** By Gauss and Legendre in ln(1 + z), where the integrand is smooth from today to the last scattering. */
function comovingDistance(from: number, to: number, cosmology: Cosmology): number {
  const [start, end] = [Math.log1p(from), Math.log1p(to)];
  const half = (end - start) / 2;
  const rateAt = expansionOf(cosmology);
  let sum = 0;
  rule.nodes.forEach((node, at) => {
    const stretch = Math.exp(start + half * (1 + node));
    sum += (rule.weights[at] * stretch) / rateAt(stretch);
  });
  return (sum * half * speedOfLight) / cosmology.hubbleConstant;
}

/** E as a function of 1 + z. */
function expansionOf({ hubbleConstant, matterDensity, temperature, neutrinos, neutrinoMasses }: Cosmology) {
  const photonDensity = (photons * temperature ** 4) / hubbleConstant ** 2;
  const species = neutrinoMasses.length;
  const heat = neutrinoEnergy * temperature;
  const radiationAt = (stretch: number) => {
    if (temperature === 0) return 0;
    if (species === 0) return photonDensity * (1 + perSpecies * neutrinos);
    const grown = neutrinoMasses.reduce((sum, mass) => {
      const y = (0.3173 * mass) / (heat * stretch);
      return sum + (1 + y ** 1.83) ** (1 / 1.83);
    }, 0);
    return photonDensity * (1 + (perSpecies * neutrinos * grown) / species);
  };
  const dark = 1 - matterDensity - radiationAt(1);
  return (stretch: number) => Math.sqrt(matterDensity * stretch ** 3 + radiationAt(stretch) * stretch ** 4 + dark);
}

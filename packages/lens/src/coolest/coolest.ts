import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import type { LensModel } from '../lensModel.js';
import { parseLensModel } from '../parseLensModel.js';
import { planck15 } from '../planes/cosmology.js';
import {
  type CoolestProfile,
  type CoolestValues,
  lightFromCoolest,
  lightToCoolest,
  massFromCoolest,
  massToCoolest,
} from './profiles.js';

/** A lens model, and where its planes are. */
export interface CoolestModel {
  readonly lens: LensModel;
  readonly lensRedshift: number;
  readonly sourceRedshift: number;
}

/**
 * A lens model from the parsed JSON of a COOLEST template (Galan et al. 2023): SIE, PEMD, ExternalShear and
 * ConvergenceSheet become mass, Sersic light `light` behind it and `lensLight` at its redshift. Point estimates are taken;
 * profiles of which none is given are left out.
 *
 * Einstein radii there are those of the intermediate axis, position angles from the y axis, brightness per square
 * arcsec: `pixelScale` makes it per image pixel. Its Sersic constant is 1.9992 n - 0.3271, off ours by up to 2e-3.
 *
 * @throws InvalidValue for another structure, a profile that is none here (the known ones are named), half of a profile's
 *   parameters, or mass at several redshifts.
 */
export function lensModelFromCoolest(json: unknown, given: { readonly pixelScale: number }): CoolestModel {
  checkNames(given, { pixelScale: true }, 'lensModelFromCoolest');
  checkNumber(given.pixelScale, { above: 0 }, 'lensModelFromCoolest pixelScale', 'side of an image pixel in arcsec');
  if (!isJsonObject(json) || json.standard !== 'COOLEST' || !Array.isArray(json.lensing_entities)) {
    throw noTemplate('{ "standard": "COOLEST", "lensing_entities": [...] }', shown(json));
  }
  const entities = json.lensing_entities.map(entityOf);
  const light = lightFromCoolest(given.pixelScale ** 2);
  const masses = entities.flatMap(({ redshift, mass, where }) =>
    made(mass, massFromCoolest, where).map((profile) => ({ redshift, profile })),
  );
  const lensRedshift = masses[0]?.redshift ?? Number.NaN;
  if (masses.length === 0) throw noTemplate('at least one mass profile with point estimates', 'none');
  if (masses.some(({ redshift }) => redshift !== lensRedshift)) {
    throw noTemplate('mass at one redshift', `at ${masses.map(({ redshift }) => redshift).join(', ')}`);
  }
  const lights = entities.flatMap(({ redshift, light: given, where }) =>
    made(given, light, where).map((profile) => ({ redshift, profile })),
  );
  const behind = lights.filter(({ redshift }) => redshift > lensRedshift);
  const own = lights.filter(({ redshift }) => redshift <= lensRedshift);
  const sources = entities.map(({ redshift }) => redshift).filter((redshift) => redshift > lensRedshift);
  const sourceRedshift = sources.length === 0 ? Number.NaN : Math.max(...sources);
  return {
    lens: parseLensModel({
      mass: masses.map(({ profile }) => profile),
      ...(behind.length === 0 ? {} : { light: behind.map(({ profile }) => profile) }),
      ...(own.length === 0 ? {} : { lensLight: own.map(({ profile }) => profile) }),
      ...(lensRedshift > 0 ? { lensRedshift } : {}),
      ...(sourceRedshift > 0 ? { sourceRedshift } : {}),
    }),
    lensRedshift,
    sourceRedshift,
  };
}

/**
 * The JSON of a COOLEST template of a lens model, with point estimates; `lensModelFromCoolest` reads it again. Shear and
 * sheets become a MassField. Fields of an observation are empty.
 *
 * @throws InvalidValue for profiles that COOLEST has not, or redshifts that do not rise.
 */
export function coolestFrom({
  lens,
  lensRedshift,
  sourceRedshift,
  pixelScale,
}: CoolestModel & { readonly pixelScale: number }): object {
  checkNumber(pixelScale, { above: 0 }, 'coolestFrom pixelScale', 'side of an image pixel in arcsec');
  checkNumber(lensRedshift, { above: 0 }, 'coolestFrom lensRedshift', 'a redshift');
  checkNumber(sourceRedshift, { above: lensRedshift }, 'coolestFrom sourceRedshift', 'a redshift beyond the lens');
  if ((lens.planes ?? []).length > 0) {
    throw new WtildeError('InvalidValue', {
      what: 'a template has one lens plane here',
      where: 'coolestFrom lens.planes',
      expected: 'no planes but those of lens and source',
      actual: `${lens.planes?.length} more`,
      remedy: 'leave them out, or share lens.json itself',
    });
  }
  const masses = lens.mass.map((profile, at) => massToCoolest(profile, `mass[${at}]`));
  const isField = ({ type }: CoolestProfile) => type === 'ExternalShear' || type === 'ConvergenceSheet';
  const lightsOf = (name: 'light' | 'lensLight') =>
    (lens[name] ?? []).map((profile, at) => written(lightToCoolest(profile, pixelScale ** 2, `${name}[${at}]`)));
  const fields = masses.filter(isField).map(written);
  return {
    standard: 'COOLEST',
    mode: 'MAP',
    meta: {},
    coordinates_origin: { ra: '00h00m00s', dec: '+00d00m00s' },
    cosmology: { astropy_name: 'FlatLambdaCDM', H0: planck15.hubbleConstant, Om0: planck15.matterDensity },
    instrument: {
      name: '',
      band: '',
      pixel_size: pixelScale,
      readout_noise: null,
      psf: { type: null, description: null },
    },
    observation: {
      exposure_time: null,
      mag_sky_brightness: null,
      mag_zero_point: null,
      noise: { type: null },
      pixels: {
        field_of_view_x: [0, 0],
        field_of_view_y: [0, 0],
        num_pix_x: 0,
        num_pix_y: 0,
        fits_file: { path: null },
      },
    },
    lensing_entities: [
      ...(fields.length === 0
        ? []
        : [{ type: 'MassField', name: 'field', redshift: lensRedshift, mass_model: fields }]),
      {
        type: 'Galaxy',
        name: 'lens',
        redshift: lensRedshift,
        mass_model: masses.filter((each) => !isField(each)).map(written),
        light_model: lightsOf('lensLight'),
      },
      { type: 'Galaxy', name: 'source', redshift: sourceRedshift, mass_model: [], light_model: lightsOf('light') },
    ],
  };
}

function written({ type, values }: CoolestProfile): object {
  const estimate = (value: number) => ({
    fixed: false,
    point_estimate: { value },
    posterior_stats: { mean: null, median: null, percentile_16th: null, percentile_84th: null },
    prior: { type: null },
  });
  return {
    type,
    parameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, estimate(value)])),
  };
}

interface Entity {
  readonly redshift: number;
  readonly mass: readonly CoolestProfile[];
  readonly light: readonly CoolestProfile[];
  readonly where: string;
}

function entityOf(entity: unknown, at: number): Entity {
  const where = `lensing_entities[${at}]`;
  if (!isJsonObject(entity) || typeof entity.redshift !== 'number') {
    throw noTemplate('an entity with a redshift', shown(entity), where);
  }
  const { redshift } = entity;
  return {
    redshift,
    mass: profilesOf(entity.mass_model, `${where}.mass_model`),
    light: profilesOf(entity.light_model, `${where}.light_model`),
    where,
  };
}

function profilesOf(model: unknown, where: string): CoolestProfile[] {
  if (model === undefined || model === null) return [];
  if (!Array.isArray(model)) throw noTemplate('a list of profiles', shown(model), where);
  return model.map((profile: unknown, at) => {
    if (!isJsonObject(profile) || typeof profile.type !== 'string' || !isJsonObject(profile.parameters)) {
      throw noTemplate('a profile with type and parameters', shown(profile), `${where}[${at}]`);
    }
    const values: Record<string, number> = {};
    for (const [name, parameter] of Object.entries(profile.parameters)) {
      const estimate = isJsonObject(parameter) ? parameter.point_estimate : undefined;
      const value = isJsonObject(estimate) ? estimate.value : undefined;
      if (typeof value === 'number') values[name] = value;
    }
    return { type: profile.type, values };
  });
}

function made<Profile>(
  profiles: readonly CoolestProfile[],
  kinds: Readonly<Record<string, { readonly needs: readonly string[]; make(v: CoolestValues): Profile }>>,
  where: string,
): Profile[] {
  return profiles.flatMap(({ type, values }) => {
    if (Object.keys(values).length === 0) return [];
    if (!Object.hasOwn(kinds, type)) throw noTemplate(`one of ${Object.keys(kinds).join(', ')}`, type, where);
    const { needs, make } = kinds[type];
    const missing = needs.filter((name) => values[name] === undefined);
    if (missing.length > 0)
      throw noTemplate(`point estimates of ${needs.join(', ')}`, `no ${missing.join(', ')}`, `${where} ${type}`);
    return [make(values)];
  });
}

function noTemplate(expected: string, actual: string, where = 'coolest'): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not a COOLEST template that can be read',
    where,
    expected,
    actual,
    remedy: 'correct the template, or write lens.json by hand',
  });
}

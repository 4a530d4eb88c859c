import { ellipseParameters, lightKinds, linearLightKinds, massKinds, regularizationKinds } from '@wtilde/lens';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** What of a parameter of the tables a schema tells. */
interface Told {
  readonly doc: string;
  readonly unit?: string;
  readonly default?: number;
  readonly above?: number;
  readonly minimum?: number;
  readonly below?: number;
  readonly maximum?: number;
}

interface ToldKind {
  readonly doc: string;
  readonly formula: string;
  readonly symmetry: string;
  readonly parameters: Readonly<Record<string, Told>>;
}

const redshift = { type: 'number', exclusiveMinimum: 0, maximum: 1100 };

const mesh: { readonly [key: string]: Json } = {
  type: 'string',
  pattern: '^(none|(overlay|hilbert|rectangular|rectangularAdaptDensity|rectangularAdaptImage):.+)$',
};

const regularization: { readonly [key: string]: Json } = {
  oneOf: [
    { type: 'string', pattern: `^(${Object.keys(regularizationKinds).join('|')}):.+$` },
    {
      type: 'object',
      required: ['type'],
      additionalProperties: { anyOf: [{ type: 'number' }, { $ref: '#/$defs/prior' }] },
      properties: { type: { enum: Object.keys(regularizationKinds) } },
    },
  ],
};

/**
 * The JSON Schema (2020-12) of lens models with priors, made from the tables of profiles: with
 * `"$schema": "node_modules/@wtilde/fit/schema/lens.json"` in a model editors complete and check it.
 */
export function lensSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A lens model of wtilde, with priors where numbers are to be found',
    type: 'object',
    required: ['mass'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      mass: { description: 'The mass profiles of the lens', $ref: '#/$defs/mass' },
      light: { description: 'The light of the source: of given intensity, or solved for', $ref: '#/$defs/light' },
      lensLight: { description: 'The light of the lens itself', $ref: '#/$defs/light' },
      lensRedshift: { description: 'Where the lens is; needed with planes', ...redshift },
      sourceRedshift: { description: 'Where the source is; needed with planes', ...redshift },
      planes: {
        description: 'What else is on the way, at other redshifts before the source',
        type: 'array',
        items: {
          type: 'object',
          required: ['redshift'],
          additionalProperties: false,
          properties: {
            redshift,
            mass: { $ref: '#/$defs/mass' },
            light: { $ref: '#/$defs/light' },
            mesh: { description: 'The pixels of a source on this plane', ...mesh },
            regularization: { description: 'How smooth it is', ...regularization },
          },
        },
      },
      cosmology: {
        description: 'For distances between planes: planck15, or a flat universe',
        oneOf: [
          { const: 'planck15' },
          {
            type: 'object',
            required: ['hubbleConstant', 'matterDensity'],
            additionalProperties: false,
            properties: {
              hubbleConstant: { description: 'In km / s / Mpc', type: 'number', exclusiveMinimum: 0 },
              matterDensity: { description: 'Of the critical density', type: 'number', minimum: 0, maximum: 1 },
              temperature: { description: 'Of the background in K; 0 for no radiation', type: 'number', minimum: 0 },
              neutrinos: { description: 'Effective number of species', type: 'number', minimum: 0 },
              neutrinoMasses: { description: 'In eV', type: 'array', items: { type: 'number', minimum: 0 } },
            },
          },
        ],
      },
      mesh: { description: 'The source pixels, such as overlay:24x24; none for light profiles alone', ...mesh },
      regularization: { description: 'How smooth the source is, such as gradient:1', ...regularization },
      positions: {
        description: 'Images of one place in the source, (y, x) in arcsec, and how far apart they may be traced',
        type: 'object',
        required: ['points', 'sigma'],
        additionalProperties: false,
        properties: {
          points: { type: 'array', minItems: 2, items: pairOf({ type: 'number' }) },
          sigma: { type: 'number', exclusiveMinimum: 0 },
        },
      },
    },
    $defs: {
      pair: pairOf({ $ref: '#/$defs/number' }),
      mass: { type: 'array', items: { oneOf: profiles(massKinds) } },
      light: { type: 'array', items: { oneOf: profiles({ ...lightKinds, ...linearLightKinds }) } },
      number: { anyOf: [{ type: 'number' }, { $ref: '#/$defs/prior' }, { $ref: '#/$defs/tie' }] },
      prior: {
        oneOf: [
          prior('uniform', 'every value from low to high is as likely', ['low', 'high']),
          prior('logUniform', 'every order of magnitude from low to high is as likely', ['low', 'high']),
          prior('normal', 'mean and standard deviation', ['mean', 'sigma']),
          prior('truncatedNormal', 'a normal one between bounds', ['mean', 'sigma', 'low', 'high']),
        ],
      },
      tie: {
        description: 'The same value as another place has',
        type: 'object',
        required: ['tie'],
        additionalProperties: false,
        properties: { tie: { description: 'Such as mass.0.centre.1', type: 'string' } },
      },
    },
  };
}

function profiles(kinds: Readonly<Record<string, ToldKind>>): readonly Json[] {
  return Object.entries(kinds).map(([type, { doc, formula, symmetry, parameters }]) => {
    const required = Object.entries(parameters).flatMap(([name, told]) => (told.default === undefined ? [name] : []));
    const ellipse: Readonly<Record<string, Told>> = symmetry === 'elliptical' ? ellipseParameters : {};
    const named = Object.entries({ ...parameters, ...ellipse }).map(([name, told]) => [name, number(told)]);
    const component = number({ doc: 'component of ellipticity', minimum: -1, maximum: 1 });
    return {
      title: type,
      description: `${doc}: ${formula}`,
      type: 'object',
      required: ['type', ...required],
      additionalProperties: false,
      properties: {
        type: { const: type },
        centre: { description: '(y, x) in arcsec', $ref: '#/$defs/pair' },
        ...Object.fromEntries(named),
        ...(symmetry === 'elliptical'
          ? {
              ellComps: {
                description: '(1-q) / (1+q) times (sin, cos) of twice the angle, instead of axisRatio and angle',
                ...pairOf(component),
              },
            }
          : {}),
      },
    };
  });
}

function number({ doc, unit, default: standard, above, minimum, below, maximum }: Told): Json {
  const range: Json = {
    type: 'number',
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(below === undefined ? {} : { exclusiveMaximum: below }),
    ...(maximum === undefined ? {} : { maximum }),
  };
  const description = `${doc}${unit === undefined || doc.includes(unit) ? '' : `, in ${unit}`}`;
  return {
    description,
    ...(standard === undefined ? {} : { default: standard }),
    anyOf: [range, { $ref: '#/$defs/prior' }, { $ref: '#/$defs/tie' }],
  };
}

function pairOf(item: Json): { readonly [key: string]: Json } {
  return { type: 'array', prefixItems: [item, item], minItems: 2, maxItems: 2, items: false };
}

function prior(name: string, description: string, numbers: readonly string[]): Json {
  return {
    description,
    type: 'object',
    required: [name],
    additionalProperties: false,
    properties: {
      [name]: {
        description: `[${numbers.join(', ')}]`,
        type: 'array',
        items: { type: 'number' },
        minItems: numbers.length,
        maxItems: numbers.length,
      },
    },
  };
}

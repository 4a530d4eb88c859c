import { ellipseParameters, lightKinds, massKinds } from '@wtilde/lens';

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
      mass: {
        description: 'The mass profiles of the lens',
        type: 'array',
        items: { oneOf: profiles(massKinds, true) },
      },
      light: {
        description: 'The light of the source, where it is to be simulated; numbers only',
        type: 'array',
        items: { oneOf: profiles(lightKinds, false) },
      },
      mesh: {
        description: 'The source pixels, such as overlay:24x24',
        type: 'string',
        pattern: '^(overlay:\\d+x\\d+(:(natural|laplace|barycentric))?|rectangular:\\d+x\\d+)$',
      },
      regularization: {
        description: 'How smooth the source is, such as gradient:1',
        oneOf: [
          { type: 'string', pattern: '^\\w+:[-+.\\deE]+$' },
          {
            type: 'object',
            required: ['type', 'coefficient'],
            additionalProperties: false,
            properties: { type: { enum: ['constant', 'gradient'] }, coefficient: { $ref: '#/$defs/number' } },
          },
        ],
      },
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

function profiles(kinds: Readonly<Record<string, ToldKind>>, priors: boolean): readonly Json[] {
  return Object.entries(kinds).map(([type, { doc, formula, symmetry, parameters }]) => {
    const required = Object.entries(parameters).flatMap(([name, told]) => (told.default === undefined ? [name] : []));
    const ellipse: Readonly<Record<string, Told>> = symmetry === 'elliptical' ? ellipseParameters : {};
    const named = Object.entries({ ...parameters, ...ellipse }).map(([name, told]) => [name, number(told, priors)]);
    const component = number({ doc: 'component of ellipticity', minimum: -1, maximum: 1 }, priors);
    return {
      title: type,
      description: `${doc}: ${formula}`,
      type: 'object',
      required: ['type', ...required],
      additionalProperties: false,
      properties: {
        type: { const: type },
        centre: { description: '(y, x) in arcsec', ...pairOf(number({ doc: 'of the centre' }, priors)) },
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

function number({ doc, unit, default: standard, above, minimum, below, maximum }: Told, priors: boolean): Json {
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
    ...(priors ? { anyOf: [range, { $ref: '#/$defs/prior' }, { $ref: '#/$defs/tie' }] } : range),
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

import { nearestName, WtildeError } from '@wtilde/core-types';
import { ellipseParameters, lightKinds, linearLightKinds, massKinds } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { table } from '../../text/table.js';
import type { ProfilesOptions } from './options.js';

type Kind =
  | (typeof massKinds)[keyof typeof massKinds]
  | (typeof lightKinds)[keyof typeof lightKinds]
  | (typeof linearLightKinds)[string];
type Parameter = (typeof ellipseParameters)[keyof typeof ellipseParameters];
type Domain = Partial<Record<'minimum' | 'above' | 'maximum' | 'below' | 'default', number>> & {
  readonly doc: string;
  readonly unit?: string;
};

const centre: Domain = { doc: 'of the centre (y, x), two numbers', unit: 'arcsec', default: 0 };

/** `wtilde profiles [type]`: what a lens may be made of. */
export async function profiles({ json }: ProfilesOptions, io: Io, [type]: readonly string[]): Promise<ExitCode> {
  const chosen: Chosen = {
    mass: chosenOf(massKinds, type),
    light: chosenOf(lightKinds, type),
    linearLight: chosenOf(linearLightKinds, type),
  };
  const found = Object.values(chosen).flatMap((kinds) => Object.entries(kinds));
  if (found.length === 0) throw noSuch(type);
  if (json) {
    printJson(io, {
      mass: described(chosen.mass),
      light: described(chosen.light),
      linearLight: described(chosen.linearLight),
    });
  } else if (type !== undefined) print(io, found.map(([name, kind]) => detailsOf(name, kind)).join('\n\n'));
  else print(io, listOf(chosen));
  return exitCodes.fine;
}

function chosenOf<K extends Kind>(kinds: Readonly<Record<string, K>>, type: string | undefined): Record<string, K> {
  return Object.fromEntries(Object.entries(kinds).filter(([name]) => type === undefined || name === type));
}

type Chosen = Readonly<Record<'mass' | 'light' | 'linearLight', Record<string, Kind>>>;

function listOf({ mass, light, linearLight }: Chosen): string {
  const rows = (kinds: Record<string, Kind>) =>
    Object.entries(kinds).map(([name, kind]) => [`  ${name}`, Object.keys(parametersOf(kind)).join(', ')]);
  return [
    'Mass, lengths in arcsec:',
    table(rows(mass)),
    '',
    'Light:',
    table(rows(light)),
    '',
    'Linear light, whose intensities are solved for:',
    table(rows(linearLight)),
    '',
    'ellComps may stand for axisRatio and angle. wtilde profiles TYPE tells the formula and the domains of one.',
  ].join('\n');
}

function detailsOf(name: string, kind: Kind): string {
  const rows = Object.entries(parametersOf(kind)).map(([each, parameter]) => [
    `  ${each}`,
    domainOf(parameter),
    parameter.doc,
  ]);
  return [`${name}: ${kind.doc}`, `  ${kind.formula}`, `  ${kind.source}`, '', table(rows)].join('\n');
}

/** The own ones, then place and ellipse. */
function parametersOf(kind: Kind): Readonly<Record<string, Domain>> {
  const own: Readonly<Record<string, Domain>> = kind.parameters;
  const ellipse: Readonly<Record<string, Parameter>> = kind.symmetry === 'elliptical' ? ellipseParameters : {};
  return { ...own, centre, ...ellipse };
}

function domainOf(parameter: Domain): string {
  const { unit = '', minimum, above, maximum, below } = parameter;
  const least = above !== undefined ? `above ${above}` : minimum !== undefined ? `from ${minimum}` : '';
  const most = below !== undefined ? `below ${below}` : maximum !== undefined ? `to ${maximum}` : '';
  const standard = parameter.default === undefined ? 'needed' : `default ${parameter.default}`;
  return [least, most, unit, standard].filter((part) => part !== '').join(' ');
}

function described(kinds: Record<string, Kind>): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const { doc, formula, source, symmetry } = kind;
      return [name, { doc, formula, source, symmetry, parameters: parametersOf(kind) }];
    }),
  );
}

function noSuch(type: string | undefined): WtildeError {
  const known = [massKinds, lightKinds, linearLightKinds].flatMap((kinds) => Object.keys(kinds));
  const nearest = type === undefined ? undefined : nearestName(type, known);
  return new WtildeError('InvalidOption', {
    what: 'there is no such profile',
    where: 'profiles',
    expected: `one of ${known.join(', ')}`,
    actual: `${type}`,
    remedy: nearest === undefined ? 'use one of those' : `write ${nearest}`,
  });
}

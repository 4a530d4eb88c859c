import { nearestName, WtildeError } from '@wtilde/core-types';
import { type RegularizationKind, regularizationKinds } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { table } from '../../text/table.js';
import type { RegularizationsOptions } from './options.js';

const kinds: Readonly<Record<string, RegularizationKind>> = regularizationKinds;

/** `wtilde regularizations`: what there is, and what each takes. */
export async function regularizations(
  { json }: RegularizationsOptions,
  io: Io,
  [asked]: readonly string[],
): Promise<ExitCode> {
  const names = asked === undefined ? Object.keys(kinds) : [known(asked)];
  if (json) {
    printJson(io, { regularizations: names.map((name) => ({ name, ...described(kinds[name]) })) });
    return exitCodes.fine;
  }
  print(io, names.map((name) => paragraph(name, kinds[name])).join('\n\n'));
  return exitCodes.fine;
}

function known(name: string): string {
  if (Object.hasOwn(kinds, name)) return name;
  const names = Object.keys(kinds);
  const nearest = nearestName(name, names);
  throw new WtildeError('InvalidOption', {
    what: 'there is no such regularization',
    where: 'wtilde regularizations',
    expected: names.join(', '),
    actual: name,
    remedy: nearest === undefined ? 'use one of those' : `write ${nearest}`,
  });
}

function described({ prior: _, ...kind }: RegularizationKind): object {
  return kind;
}

function paragraph(name: string, { doc, formula, source, upstream, needs, parameters }: RegularizationKind): string {
  const rows = Object.entries(parameters).map(([parameter, { doc: meaning, default: standard }]) => [
    `  ${parameter}`,
    standard === undefined ? '' : `(${standard})`,
    meaning,
  ]);
  const from = upstream === undefined ? 'not in PyAutoLens' : `PyAutoLens: ${upstream}`;
  return [
    `${name}: ${doc}`,
    `  ${formula}`,
    `  ${[from, source, ...(needs === undefined ? [] : [`needs ${needs}`])].join('; ')}`,
    table(rows),
  ].join('\n');
}

/** The random parameters of a group: what PTYPE, PSCAL and PZERO say of the values before its data. */
import { malformed } from '../bytes/fileErrors.js';
import { finite } from '../fits/cards.js';
import type { FitsHeader } from '../fits/header.js';

const known = [
  'UU',
  'VV',
  'WW',
  'BASELINE',
  'ANTENNA1',
  'ANTENNA2',
  'SUBARRAY',
  'DATE',
  'SOURCE',
  'FREQSEL',
  'INTTIM',
] as const;

export type ParameterName = (typeof known)[number];

/** A part of a parameter: zero + scale x the value stored there. */
export interface Term {
  readonly at: number;
  readonly scale: number;
  readonly zero: number;
}

/** @throws FileFormat where u or v are missing, or are measured in a frame that is not known. */
export function parametersOf(
  header: FitsHeader,
  count: number,
  where: string,
): { readonly ptypes: readonly string[]; readonly parameters: ReadonlyMap<ParameterName, readonly Term[]> } {
  const ptypes: string[] = [];
  const parameters = new Map<ParameterName, Term[]>();
  // Parameters without a card have no name, and there may be fewer cards than PCOUNT says, never more that count.
  const named = Math.min(count, header.size);
  for (let at = 0; at < named; at++) {
    const ptype = String(header.get(`PTYPE${at + 1}`) ?? '').trim();
    ptypes.push(ptype);
    const name = nameOf(ptype, where);
    if (name === undefined) continue;
    const scale = finite(header, `PSCAL${at + 1}`, 1, where);
    const zero = finite(header, `PZERO${at + 1}`, 0, where);
    parameters.set(name, [...(parameters.get(name) ?? []), { at, scale, zero }]);
  }
  for (const name of ['UU', 'VV'] as const) {
    if (parameters.has(name)) continue;
    throw malformed(where, `the groups have no parameter ${name}`, {
      expected: `a PTYPE card ${name}, ${name}-- or ${name}---SIN`,
      actual: ptypes.join(', ') || 'no parameters',
      remedy: 'check that the file holds visibilities',
    });
  }
  return { ptypes, parameters };
}

function nameOf(ptype: string, where: string): ParameterName | undefined {
  const [, baseline, frame] = /^(UU|VV|WW)(.*)$/.exec(ptype) ?? [];
  if (baseline === undefined) return known.find((name) => name === ptype);
  if (/^(-*|-*SIN|-*NCP)$/.test(frame)) return known.find((name) => name === baseline);
  throw malformed(where, 'the baselines are measured in a way that is not known', {
    expected: `${baseline}, ${baseline}--, ${baseline}---SIN or ${baseline}---NCP, in seconds`,
    actual: ptype,
    remedy: 'export the visibilities with baselines in seconds',
  });
}

import { kernels } from '@wtilde/core-types';
import { difference, duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';
import { termLabels } from '../../text/terms.js';
import type { Evaluation } from './evaluate.js';
import { type Spread, spreadOfTerm } from './spread.js';

/** The evaluations as a table for people. */
export function report(label: string, evaluations: readonly Evaluation[], spread: Spread): string {
  const [{ sizes, via, prepared }] = evaluations;
  const { K, M, S } = sizes;
  const several = spread.ids.length > 1;
  const rows = [
    ['', ...evaluations.map(({ id }) => id), several ? 'spread' : ''],
    [
      'log evidence',
      ...evaluations.map(({ logEvidence }) => fixed(logEvidence)),
      several ? difference(spread.spread) : '',
    ],
    ...termLabels.map(([term, text]) => [
      text,
      ...evaluations.map(({ terms }) => fixed(terms[term])),
      several ? difference(spreadOfTerm(evaluations, term)) : '',
    ]),
    ['time of one likelihood', ...evaluations.map(timeOf)],
    ['time to prepare the dataset', ...evaluations.map(({ preparationMs }) => duration(preparationMs))],
  ];
  const made = prepared.length === 0 ? 'nothing, all in the file' : [...new Set(prepared)].join(', ');
  return [
    `Log evidence of ${label}`,
    `${K} visibilities, ${M} image pixels, ${S} source pixels; W as ${via}`,
    '',
    table(rows, rightFrom(1, evaluations.length + 2)),
    '',
    'Natural logarithms. log evidence = -1/2 [chi-squared + s^t H s + log det(F + H) - log det H + noise normalization].',
    `Time: ${timing(evaluations)}.`,
    `Prepared, timed once: ${made}.`,
    '',
    verdict(spread),
  ].join('\n');
}

function timeOf({ ms, repeated }: Evaluation): string {
  return `${duration(ms)}${repeated > 0 ? '' : '*'}`;
}

function timing(evaluations: readonly Evaluation[]): string {
  const warm = 'the fastest of some repeated calls with all but the mapping bound, after one to warm up';
  if (evaluations.every(({ repeated }) => repeated > 0)) return warm;
  return `${warm}; * took so long that it was called once`;
}

function verdict({ ids, spread, allowed, agree }: Spread): string {
  if (ids.length < 2) return 'One backend: nothing to compare it with.';
  const names = `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
  return agree
    ? `${names} agree to ${difference(spread)} (allowed: ${difference(allowed)}).`
    : `${names} DISAGREE by ${difference(spread)} (allowed: ${difference(allowed)}).`;
}

/** Three things that somebody who has seen this table may want to do. */
export function whatNext(argument: string, evaluations: readonly Evaluation[]): string {
  const ids = evaluations.map(({ id }) => id);
  const slowest = kernels.wCompactCurvatureInterferometerFrom.upstream;
  const pair = ids.length > 1 ? ` ${ids.slice(0, 2).join(' ')}` : '';
  const commands = [
    ['  time one kernel', `npx wtilde kernel ${slowest}${argument} --repeat 20`],
    ['  what backends have', `npx wtilde diff${pair}`],
    argument === ''
      ? ['  your own observation', 'npx wtilde import observation.uvfits --out yours']
      : ['  for a program', `npx wtilde likelihood${argument} --json`],
  ];
  return `Try next:\n${table(commands)}`;
}

/** Nine decimals: what differs is below the sixth. */
function fixed(value: number): string {
  return value.toFixed(9);
}

/** The results as tables for people. */

import type { Calibration } from '@wtilde/testkit';
import type { Bar } from './bars.ts';
import type { Peak } from './memory.ts';
import type { Row } from './row.ts';
import type { Fit } from './scaling.ts';

export interface Results {
  /** Of this file's shape. */
  readonly schema: 1;
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  /** Cores busy during the run, in the mean. The run itself takes one; the rest is what others took. */
  readonly busyCores: number;
  readonly calibration: { readonly before: Calibration; readonly after: Calibration; readonly peers: Calibration };
  /** Where the times of the peers come from. */
  readonly peers: string;
  readonly bars: readonly Bar[];
  readonly rows: readonly Row[];
  readonly fits: readonly Fit[];
  readonly peaks: readonly Peak[];
}

export function report(results: Results): string {
  const { date, node, cpu, busyCores, calibration, peers } = results;
  const { before, after } = calibration;
  const sections = [...new Set(results.rows.map(({ section }) => section))];
  return [
    '# Benchmarks of backend-loops',
    `Written by \`npm run bench\`; the numbers are in \`results.json\`. ${date.slice(0, 10)}, Node ${node}, ${cpu}, one thread; ${busyCores.toFixed(2)} cores busy during the run, which takes one itself.`,
    `Medians in milliseconds. Arguments are bound, all but the mapping that a lens model changes, with \`check: 'shapes'\`. Peers: ${peers}. Their times are scaled to this machine by two plain loops: transforms by direct cosines (${ms(before.directCosines)} and ${ms(after.directCosines)} here before and after, ${ms(calibration.peers.directCosines)} there), linear algebra by a matrix product (${ms(before.matrixProduct)} and ${ms(after.matrixProduct)} here, ${ms(calibration.peers.matrixProduct)} there). Within 20 % is a tie.`,
    'Kernels that take Numba less than 0.2 ms are the call and memory traffic: here each call also makes its result, new and zeroed.',
    '## The bars',
    'Times are judged calibrated to the machine of the peers. A margin below 1 says how much is missing.',
    table(
      ['bar', 'asked', 'measured', 'met', 'margin'],
      results.bars.map((bar) => [bar.what, bar.asked, bar.measured, bar.met ? 'yes' : '**no**', marginOf(bar)]),
    ),
    ...sections.flatMap((section) => sectionOf(section, results.rows)),
    '## How cost grows',
    'Exponents of log-log fits.',
    table(
      ['what', 'against', 'measured', 'exponent'],
      results.fits.map(({ what, size, unit, points, exponent }) => [
        what,
        size,
        points.map(({ at, value }) => `${shortSize(at)}: ${ms(value)} ${unit}`).join(', '),
        exponent.toFixed(2),
      ]),
    ),
    '## Peak memory of a process',
    'With Node itself, about 50 MB.',
    table(
      ['what', 'MB'],
      results.peaks.map(({ what, megabytes }) => [what, megabytes.toFixed(0)]),
    ),
    '',
  ].join('\n\n');
}

/** What we lose stands first, then ties, then what we win by most; then what has no peer and the other methods. */
function sectionOf(section: string, rows: readonly Row[]): string[] {
  const inSection = rows.filter((row) => row.section === section);
  const compared = inSection.flatMap((row) => row.comparisons.map((comparison) => ({ row, comparison })));
  compared.sort((a, b) => a.comparison.ratio - b.comparison.ratio);
  const alone = inSection.filter(({ comparisons }) => comparisons.length === 0);
  return [
    `## ${section}`,
    ...tableUnlessEmpty(
      ['kernel', 'method', 'ms', 'peer', 'peer ms here', 'peer / ours', 'verdict', 'reference / ours'],
      compared.map(({ row, comparison: { who, msHere, ratio, verdict, loop } }) => [
        row.name,
        row.method,
        ms(row.ms),
        loop === null ? `${who}, not scaled` : who,
        ms(msHere),
        ratio.toPrecision(2),
        verdict === 'slower' ? `**slower**, ${(1 / ratio).toPrecision(2)} x` : verdict,
        reference(row),
      ]),
    ),
    'Without a peer, and by other methods than the one chosen:',
    ...tableUnlessEmpty(
      ['kernel', 'method', 'ms', 'reference / ours'],
      alone.map((row) => [row.name, row.method, ms(row.ms), reference(row)]),
    ),
  ];
}

function tableUnlessEmpty(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [table(head, rows)];
}

function marginOf({ margin }: Bar): string {
  if (margin === undefined) return '-';
  return margin > 20 ? '> 20' : margin.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function reference({ referenceMs, ms }: Row): string {
  return referenceMs === undefined ? '-' : (referenceMs / ms).toPrecision(3);
}

function ms(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function shortSize(value: number): string {
  return value >= 1e4 ? value.toExponential().replace('e+', 'e') : `${value}`;
}

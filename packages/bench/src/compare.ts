import { keyOf, type Results } from './results.js';
import { type Ratio, ratioOf } from './statistics.js';
import { number, table } from './text.js';

export interface Comparison extends Ratio {
  readonly key: string;
  /** Of the second run against the first; `no difference` where the band holds 1. */
  readonly verdict: 'faster' | 'slower' | 'no difference';
}

export interface Comparisons {
  readonly rows: readonly Comparison[];
  /** What only one of the runs has. */
  readonly unmatched: readonly string[];
}

/** The second run against the first, row by row, those that differ most first. */
export function compareResults(a: Results, b: Results): Comparisons {
  const before = new Map(a.rows.map((row) => [keyOf(row), row]));
  const after = new Map(b.rows.map((row) => [keyOf(row), row]));
  const rows = [...before].flatMap(([key, row]): Comparison[] => {
    const other = after.get(key);
    if (other === undefined) return [];
    const ratio = ratioOf(row.samples, other.samples);
    return [{ key, ...ratio, verdict: verdictOf(ratio) }];
  });
  rows.sort((x, y) => Math.abs(Math.log(y.ratio)) - Math.abs(Math.log(x.ratio)));
  const unmatched = [...before.keys(), ...after.keys()].filter((key) => !(before.has(key) && after.has(key)));
  return { rows, unmatched };
}

function verdictOf({ low, high }: Ratio): Comparison['verdict'] {
  if (high < 1) return 'faster';
  return low > 1 ? 'slower' : 'no difference';
}

/** The comparison as Markdown. */
export function comparisonText({ rows, unmatched }: Comparisons): string {
  const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
  return [
    `${count('faster')} faster, ${count('slower')} slower, ${count('no difference')} without a difference that the bands show.`,
    table(
      ['what', 'time b / a', '95 % band', 'verdict'],
      rows.map(({ key, ratio, low, high, verdict }) => [
        key,
        number(ratio),
        `${number(low)} .. ${number(high)}`,
        verdict,
      ]),
    ),
    ...(unmatched.length === 0 ? [] : [`Only in one of them: ${unmatched.join('; ')}`]),
    '',
  ].join('\n\n');
}

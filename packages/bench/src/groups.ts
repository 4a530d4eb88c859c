import { seriesOf } from './datasets.js';
import type { Results, Row } from './results.js';
import { type Exponent, type GrowthPoint, growthExponentOf, medianBand, medianOf } from './statistics.js';

/** The rows that give the same result, fastest first. */
export interface Group {
  readonly name: string;
  readonly rows: readonly Row[];
}

export function groupsOf({ rows }: Results): readonly Group[] {
  const names = [...new Set(rows.map(({ group }) => group))];
  return names.map((name) => ({
    name,
    rows: rows.filter(({ group }) => group === name).sort((a, b) => medianOf(a.samples) - medianOf(b.samples)),
  }));
}

/** How the time of a method grows with one size. */
export interface Growth {
  readonly backend: string;
  readonly kernel: string;
  readonly method: string;
  readonly symbol: string;
  /** Size, median in milliseconds, and the band of the median. */
  readonly points: readonly GrowthPoint[];
  readonly exponent: Exponent;
}

export function growthsOf({ rows }: Results): readonly Growth[] {
  const inSeries = rows.flatMap((row) => {
    const series = seriesOf(row.dataset);
    return series === undefined ? [] : [{ row, ...series }];
  });
  const keys = [...new Set(inSeries.map(({ row, symbol }) => [row.backend, row.kernel, row.method, symbol].join('|')))];
  return keys.flatMap((key): Growth[] => {
    const [backend, kernel, method, symbol] = key.split('|');
    const points = inSeries
      .filter((each) => [each.row.backend, each.row.kernel, each.row.method, each.symbol].join('|') === key)
      .map(({ row, size }) => [size, medianOf(row.samples), ...medianBand(row.samples)] as const)
      .sort(([a], [b]) => a - b);
    if (new Set(points.map(([size]) => size)).size < 2) return [];
    return [{ backend, kernel, method, symbol, points, exponent: growthExponentOf(points) }];
  });
}

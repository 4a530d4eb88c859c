// The few numbers of README.md, taken from the tables of docs/performance.md, so that both tell the same.
import { readFileSync } from 'node:fs';

type Row = ReadonlyMap<string, string>;

const page = 'docs/performance.md';

/** What the README says of speed, and of where others are faster. */
export function headlineTable(): readonly (readonly string[])[] {
  const rows = rowsOf(readFileSync(page, 'utf8'));
  const ours = (size: string, interpolation: string) =>
    find(
      rows,
      (row) => row.get('size') === size && on(row, interpolation) && row.get('backend') === 'wasm, all threads',
    );
  const theirs = (size: string, who: RegExp) =>
    find(rows, (row) => row.get('size') === size && who.test(row.get('who') ?? ''));
  const small = ours('A', 'barycentric');
  const large = ours('C', 'barycentric');
  const sums = find(rows, (row) => row.get('visibilities') === '1e7' && row.get('threads') === 'all');
  const transform = find(rows, (row) => row.get('kernel') === 'w_compact N=140 K=1e6 1e-12');
  const side = cell(sums, 'image side');
  const pixels = (row: Row) => Number(cell(row, 'image pixels')).toLocaleString('en');
  return [
    ['', 'wtilde', 'others'],
    [
      `a log evidence from the lens model on, ${pixels(small)} image and ${cell(small, 'source pixels')} source pixels, barycentric as theirs`,
      `${cell(small, 'evidence, ms')} ms`,
      `${cell(theirs('A', /Numba/), 'scaled')} ms, PyAutoLens with Numba`,
    ],
    [
      'the same on natural neighbours, and its gradient by every parameter',
      `${cell(ours('A', 'natural'), 'with gradient, ms')} ms`,
      '',
    ],
    [
      'W-tilde of a million visibilities, 140 x 140 pixels, to 1e-12, one thread',
      `${cell(transform, 'wasm, 1 thread')} ms`,
      `${cell(transform, 'peer').split(',')[0]} ms, FINUFFT with AVX-512`,
    ],
    [
      `ten million visibilities into W-tilde and dirty image, ${side} x ${side} pixels`,
      `${cell(sums, 'seconds')} s in ${cell(sums, 'MB')} MB`,
      '',
    ],
    [
      `where we lose: a log evidence of ${pixels(large)} image pixels`,
      `${cell(large, 'evidence, ms')} ms`,
      `${cell(theirs('C', /A100/), 'theirs, ms')} ms, PyAutoLens on an A100`,
    ],
  ];
}

function on(row: Row, interpolation: string): boolean {
  return row.get('rows')?.startsWith(interpolation) ?? false;
}

/** Every row of every table, its cells by the heads of their columns. */
function rowsOf(text: string): readonly Row[] {
  const tables = text.match(/(?:^\|.*\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const [head, , ...rows] = table.trimEnd().split('\n').map(cellsOf);
    return rows.map((row) => new Map(row.map((value, column) => [head[column], value])));
  });
}

function cellsOf(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((each) => each.trim());
}

function find(rows: readonly Row[], is: (row: Row) => boolean): Row {
  const found = rows.find(is);
  if (found === undefined) throw new Error(`${page} has no row for what README.md tells of it: ${is}`);
  return found;
}

function cell(row: Row, column: string): string {
  const value = row.get(column);
  if (value === undefined) throw new Error(`${page} has no column ${column} in ${[...row.values()].join(', ')}`);
  return value;
}

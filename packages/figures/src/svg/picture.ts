import { element, type Markup } from './element.js';

/** A drawing and its size; its own coordinates begin at (0, 0), top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly markup: Markup;
}

/** The picture as an SVG document, on white, so that it can be read on any page and printed. */
export function svgOf({ width, height, markup }: Picture, label?: string): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': fontFamily,
      role: 'img',
      'aria-label': label,
    },
    element('rect', { width, height, fill: '#fff' }),
    markup,
  );
}

/** Pictures in rows, every column as wide as its widest. */
export function gridOf(rows: readonly (readonly Picture[])[], gap = 12): Picture {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.width ?? 0)),
  );
  const heights = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const markup = rows.flatMap((row, r) =>
    row.map((picture, c) => {
      const [x, y] = [before(widths, c, gap), before(heights, r, gap)];
      return element('g', { transform: `translate(${x} ${y})` }, picture.markup);
    }),
  );
  return {
    width: before(widths, columns, gap) - gap,
    height: before(heights, rows.length, gap) - gap,
    markup: markup.join(''),
  };
}

function before(extents: readonly number[], at: number, gap: number): number {
  return extents.slice(0, at).reduce((sum, extent) => sum + extent + gap, 0);
}

/** Inter comes with this package for PNG; a page takes what the reader's machine has. */
const fontFamily = 'Inter, system-ui, Helvetica, Arial, sans-serif';

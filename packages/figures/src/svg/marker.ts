import { element, escaped, type Markup, short } from './element.js';

/** Shapes that are told apart at the size of a dot. */
export const markerShapes = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;

export type MarkerShape = (typeof markerShapes)[number];

const radius = 4;

/** A dot of some shape around a point. */
export function marker(shape: MarkerShape, x: number, y: number, color: string, title?: string): Markup {
  const told = title === undefined ? [] : [`<title>${escaped(title)}</title>`];
  if (shape === 'circle') return element('circle', { cx: x, cy: y, r: radius, fill: color }, ...told);
  if (shape === 'ring')
    return element('circle', { cx: x, cy: y, r: radius, fill: '#fff', stroke: color, 'stroke-width': 2 }, ...told);
  const stroke = shape === 'cross' ? { stroke: color, 'stroke-width': 2 } : { fill: color };
  return element('path', { d: outlines[shape](x, y), ...stroke }, ...told);
}

const outlines: Readonly<Record<Exclude<MarkerShape, 'circle' | 'ring'>, (x: number, y: number) => string>> = {
  square: (x, y) => polygon([-3.6, -3.6, 3.6, -3.6, 3.6, 3.6, -3.6, 3.6], x, y),
  triangle: (x, y) => polygon([0, -4.8, 4.4, 3.4, -4.4, 3.4], x, y),
  diamond: (x, y) => polygon([0, -5, 5, 0, 0, 5, -5, 0], x, y),
  cross: (x, y) =>
    `M${short(x - 3.6)} ${short(y - 3.6)}L${short(x + 3.6)} ${short(y + 3.6)}M${short(x - 3.6)} ${short(y + 3.6)}L${short(x + 3.6)} ${short(y - 3.6)}`,
};

function polygon(offsets: readonly number[], x: number, y: number): string {
  const corners = offsets.map((offset, at) => short(offset + (at % 2 === 0 ? x : y)));
  const pairs = corners.flatMap((corner, at) => (at % 2 === 0 ? [`${corner} ${corners[at + 1]}`] : []));
  return `M${pairs.join('L')}Z`;
}

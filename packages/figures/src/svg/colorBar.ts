import { type Box, placeAxis, widthOf } from './axis.js';
import type { ColorMap } from './colors.js';
import { element, fontSize, ink, type Markup, text } from './element.js';
import { rasterIn } from './raster.js';

/** What colours mean. */
export interface ColorScale {
  readonly map: ColorMap;
  readonly domain: readonly [number, number];
  /** Quantity and unit. */
  readonly label: string;
}

const [gap, thickness, tick] = [8, 12, 4];

/** Right of a box, as high as it is. */
export function colorBar(box: Box, scale: ColorScale): Markup {
  const bar = { x: box.x + box.width + gap, y: box.y, width: thickness, height: box.height };
  const { ticks } = placeAxis({ label: scale.label, domain: scale.domain }, box.y + box.height, box.y);
  const right = bar.x + thickness;
  const [low, high] = scale.domain;
  const ramp = Float64Array.from({ length: 255 }, (_, row) => high - ((high - low) * row) / 254);
  return [
    rasterIn(bar, { data: ramp, rows: ramp.length, columns: 1 }, scale.map, scale.domain),
    element('rect', { ...bar, fill: 'none', stroke: ink }),
    ...ticks.flatMap(({ at, label }) => [
      element('line', { x1: right, y1: at, x2: right + tick, y2: at, stroke: ink }),
      text(right + tick + 3, at, label, { anchor: 'start', size: fontSize - 1 }),
    ]),
    text(right + tick + 3 + widest(ticks) + 10, box.y + box.height / 2, scale.label, { turned: true }),
  ].join('');
}

/** How much room it needs beside the box. */
export function colorBarWidth(scale: ColorScale, height: number): number {
  const { ticks } = placeAxis({ label: scale.label, domain: scale.domain }, height, 0);
  return gap + thickness + tick + 3 + widest(ticks) + 10 + fontSize;
}

function widest(ticks: readonly { readonly label: string }[]): number {
  return Math.max(0, ...ticks.map(({ label }) => widthOf(label)));
}

import { numberLabel, placeHorizontal, widthOf } from '../svg/axis.js';
import { element, faint, fontSize, ink, text } from '../svg/element.js';
import { marker } from '../svg/marker.js';
import type { Picture } from '../svg/picture.js';

/** A number with its band, and what it is of. */
export interface Dot {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly color: string;
}

const [rowHeight, inset] = [40, 14];

/**
 * Numbers above 0 on one logarithmic axis, a row each: the name and the number stand above the dot, so that neither is cut
 * off however long it is.
 */
export function dotsPlot({ dots, label }: { readonly dots: readonly Dot[]; readonly label: string }): Picture {
  const size = fontSize - 1;
  const needed = dots.map(({ name, value }) => widthOf(name, size) + widthOf(numberLabel(value), size) + 3 * inset);
  const width = Math.ceil(Math.max(350, ...needed));
  const ends = dots.flatMap(({ low, high, value }) => [low, high, value]).filter((value) => value > 0);
  const [least, most] = ends.length === 0 ? [1, 1] : [Math.min(...ends), Math.max(...ends)];
  // Half a factor of three at least: a few per cent are to look like a few per cent.
  const factor = Math.max(Math.sqrt(3 * (least / most)), 1.1, (most / least) ** 0.05);
  const axis = placeHorizontal(
    { label, scale: 'log', domain: [least / factor, most * factor], ticks: 6 },
    inset,
    width - inset,
  );
  const bottom = 6 + dots.length * rowHeight;
  const rows = dots.flatMap(({ name, value, low, high, color }, row) => {
    const top = 6 + row * rowHeight;
    const y = top + 27;
    return [
      text(inset, top + 9, name, { anchor: 'start', size }),
      text(width - inset, top + 9, numberLabel(value), { anchor: 'end', size, weight: 600 }),
      element('line', { x1: inset, x2: width - inset, y1: y, y2: y, stroke: faint, 'stroke-opacity': 0.35 }),
      element('line', { x1: axis.at(low), x2: axis.at(high), y1: y, y2: y, stroke: color, 'stroke-width': 2.5 }),
      ...[low, high].map((end) =>
        element('line', {
          x1: axis.at(end),
          x2: axis.at(end),
          y1: y - 5,
          y2: y + 5,
          stroke: color,
          'stroke-width': 1.5,
        }),
      ),
      marker('circle', axis.at(value), y, color),
    ];
  });
  const ticks = axis.ticks.flatMap(({ at, label: tick }) => [
    element('line', { x1: at, x2: at, y1: bottom - 5, y2: bottom, stroke: ink }),
    text(at, bottom + 10, tick, { size: size - 1 }),
  ]);
  return {
    width,
    height: bottom + 42,
    markup: [
      ...rows,
      element('line', { x1: inset, x2: width - inset, y1: bottom, y2: bottom, stroke: ink }),
      ...ticks,
      text(width / 2, bottom + 30, label, { size }),
    ].join(''),
  };
}

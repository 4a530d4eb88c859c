import {
  type Axis,
  axesAround,
  type Box,
  gridLines,
  type PlacedAxis,
  placeAxis,
  placeHorizontal,
  roomFor,
  widthOf,
} from './axis.js';
import { type ColorScale, colorBar, colorBarWidth } from './colorBar.js';
import { element, fontSize, type Markup, text } from './element.js';
import type { Picture } from './picture.js';

/** Where marks go. */
export interface Area {
  readonly box: Box;
  readonly x: PlacedAxis;
  readonly y: PlacedAxis;
}

export interface PlotOptions {
  readonly title?: string | undefined;
  readonly x: Axis;
  readonly y: Axis;
  /** Of the frame, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the frame. */
  readonly background?: string | undefined;
  readonly colors?: ColorScale | undefined;
  /** What is drawn: nothing of it leaves the frame. */
  readonly marks: (area: Area) => Markup;
}

/** A frame with axes, what is drawn in it, a title above and a colour bar beside it. */
export function plot({ title, x, y, width, height, background, colors, marks }: PlotOptions): Picture {
  const top = title === undefined ? 8 : 30;
  const { left, bottom } = roomFor(placeAxis(y, 0, height));
  const box = { x: left, y: top, width, height };
  const horizontal = placeHorizontal(x, left, left + width);
  const vertical = placeAxis(y, top + height, top);
  const lines = gridLines(box, x.grid ? horizontal : undefined, y.grid ? vertical : undefined);
  // The last label may reach beyond the frame.
  const overhang = Math.max(0, ...horizontal.ticks.map(({ at, label }) => at + widthOf(label) / 2 - (left + width)));
  const beside = Math.max(12, overhang + 4, colors === undefined ? 0 : colorBarWidth(colors, height));
  return {
    width: Math.ceil(left + width + beside),
    height: Math.ceil(top + height + bottom),
    markup: [
      ...(title === undefined ? [] : [text(left + width / 2, top / 2, title, { size: fontSize + 1, weight: 600 })]),
      ...(background === undefined ? [] : [element('rect', { ...box, fill: background })]),
      lines,
      clipped(box, marks({ box, x: horizontal, y: vertical })),
      axesAround(box, { ...horizontal, label: x.label }, { ...vertical, label: y.label }),
      ...(colors === undefined ? [] : [colorBar(box, colors)]),
    ].join(''),
  };
}

/** An inner svg cuts off what leaves it, and needs no name that another figure of the page might have. */
function clipped(box: Box, markup: Markup): Markup {
  const { x, y, width, height } = box;
  return element('svg', { ...box, viewBox: `${x} ${y} ${width} ${height}`, overflow: 'hidden' }, markup);
}

import { scaleLinear, scaleLog } from 'd3-scale';
import { element, faint, fontSize, ink, type Markup, text } from './element.js';

/** What an axis shows. */
export interface Axis {
  readonly label: string;
  /** From left to right or from bottom to top; either may be the larger. */
  readonly domain: readonly [number, number];
  readonly scale?: 'linear' | 'log' | undefined;
  /** About how many ticks. */
  readonly ticks?: number | undefined;
  /** Lines across the plot at the ticks. */
  readonly grid?: boolean | undefined;
}

/** An axis with a place. */
export interface PlacedAxis {
  /** Where a value is, in pixels. */
  at(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly at: number; readonly label: string }[];
}

/** An axis on the pixels from `from` (the first end of its domain) to `to`. */
export function placeAxis({ domain, scale = 'linear', ticks = 5 }: Axis, from: number, to: number): PlacedAxis {
  const placed = (scale === 'log' ? scaleLog() : scaleLinear()).domain(domain).range([from, to]);
  const values = scale === 'log' ? logTicks(domain, ticks) : placed.ticks(ticks);
  const format = scale === 'log' ? numberLabel : linearFormat(values);
  return {
    at: (value) => placed(value),
    ticks: values.map((value) => ({ value, at: placed(value), label: format(value) })),
  };
}

/** {@link placeAxis} from left to right, with as many ticks as there is room for their labels. */
export function placeHorizontal(axis: Axis, from: number, to: number): PlacedAxis {
  const most = axis.ticks ?? 5;
  for (let ticks = most; ticks > 1; ticks--) {
    const placed = placeAxis({ ...axis, ticks }, from, to);
    if (isRoomy(placed)) return placed;
  }
  return placeAxis({ ...axis, ticks: 1 }, from, to);
}

/** Whether labels side by side are apart. */
function isRoomy({ ticks }: PlacedAxis): boolean {
  return ticks.every(({ at, label }, tick) => {
    const next = ticks[tick + 1];
    return next === undefined || Math.abs(next.at - at) > (widthOf(label) + widthOf(next.label)) / 2 + 4;
  });
}

/** Powers of ten; with 2 and 5 times them where there are few; never so many that labels touch. */
function logTicks([a, b]: readonly [number, number], most: number): number[] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const decades = Math.log10(high / low);
  const factors = decades < most / 3 ? [1, 2, 5] : decades < most / 2 ? [1, 3] : [1];
  const step = Math.max(1, Math.ceil(decades / most));
  const first = Math.floor(Math.log10(low) / step) * step;
  const ticks: number[] = [];
  for (let exponent = first; 10 ** exponent <= high * (1 + 1e-9); exponent += step) {
    for (const factor of factors) {
      const value = factor * 10 ** exponent;
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  // Within one of these steps the axis is hardly curved.
  return ticks.length < 2 ? scaleLinear().domain([low, high]).ticks(Math.min(most, 3)) : ticks;
}

function linearFormat(values: readonly number[]): (value: number) => string {
  if (values.length < 2) return numberLabel;
  const step = Math.abs(values[1] - values[0]);
  const largest = Math.max(...values.map(Math.abs), step);
  if (largest >= 1e6 || largest < 1e-3) return numberLabel;
  const digits = Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
  return (value) => signed(value.toFixed(digits));
}

/** Three digits at most, with a power of ten where people read one more easily, written `10^-5`. */
export function numberLabel(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e5) return signed(String(Number(value.toPrecision(3))));
  const exponent = Math.floor(Math.log10(magnitude) + 1e-12);
  const mantissa = Number((value / 10 ** exponent).toPrecision(3));
  const power = `10^${exponent}`;
  return mantissa === 1 ? power : `${signed(String(mantissa))}\u00d7${power}`;
}

/** A minus as wide as a plus. */
export function signed(number: string): string {
  return number.replace('-', '\u2212');
}

/** A box in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const tick = 5;

/** The frame of a plot with ticks and labels below and left of it. */
export function axesAround(
  { x, y, width, height }: Box,
  horizontal: PlacedAxis & Pick<Axis, 'label'>,
  vertical: PlacedAxis & Pick<Axis, 'label'>,
): Markup {
  const line = (x1: number, y1: number, x2: number, y2: number) => element('line', { x1, y1, x2, y2, stroke: ink });
  const wide = Math.max(0, ...vertical.ticks.map(({ label }) => widthOf(label)));
  return [
    element('rect', { x, y, width, height, fill: 'none', stroke: ink }),
    ...horizontal.ticks.flatMap(({ at, label }) => [
      line(at, y + height, at, y + height + tick),
      text(at, y + height + tick + 9, label, { size: fontSize - 1 }),
    ]),
    ...vertical.ticks.flatMap(({ at, label }) => [
      line(x - tick, at, x, at),
      text(x - tick - 3, at, label, { anchor: 'end', size: fontSize - 1 }),
    ]),
    text(x + width / 2, y + height + tick + 27, horizontal.label),
    text(x - tick - 3 - wide - 12, y + height / 2, vertical.label, { turned: true }),
  ].join('');
}

/** Faint lines at the ticks, for what lies above them. */
export function gridLines({ x, y, width, height }: Box, horizontal?: PlacedAxis, vertical?: PlacedAxis): Markup {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: faint, 'stroke-opacity': 0.25 });
  return [
    ...(horizontal?.ticks.map(({ at }) => line(at, y, at, y + height)) ?? []),
    ...(vertical?.ticks.map(({ at }) => line(x, at, x + width, at)) ?? []),
  ].join('');
}

/** About how wide a text is, with some to spare: fonts differ, and nothing may be cut off. */
export function widthOf(label: string, size = fontSize - 1): number {
  return 0.6 * size * [...label.replace('^', '')].length;
}

/** How much room axes need left of and below a plot. */
export function roomFor(vertical: PlacedAxis): { readonly left: number; readonly bottom: number } {
  const wide = Math.max(0, ...vertical.ticks.map(({ label }) => widthOf(label)));
  return { left: tick + 3 + wide + 12 + fontSize, bottom: tick + 27 + fontSize };
}

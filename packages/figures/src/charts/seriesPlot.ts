import type { Axis } from '../svg/axis.js';
import { widthOf } from '../svg/axis.js';
import { element, fontSize, type Markup, pathThrough, text } from '../svg/element.js';
import { type MarkerShape, marker } from '../svg/marker.js';
import { gridOf, type Picture } from '../svg/picture.js';
import { type Area, plot } from '../svg/plot.js';

/** A point and, where it is known, the band that its y is in. */
export interface SeriesPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Shown by browsers when the pointer rests on it. */
  readonly title?: string | undefined;
}

/** Points that belong together. */
export interface Series {
  readonly name: string;
  readonly color: string;
  readonly shape?: MarkerShape | undefined;
  readonly points: readonly SeriesPoint[];
  /** Whether a line goes through them, in their order. */
  readonly joined?: boolean | undefined;
}

export interface SeriesPlotOptions {
  readonly title?: string | undefined;
  readonly x: Omit<Axis, 'domain'> & { readonly domain?: Axis['domain'] | undefined };
  readonly y: Omit<Axis, 'domain'> & { readonly domain?: Axis['domain'] | undefined };
  readonly series: readonly Series[];
  /** A level to compare with. */
  readonly level?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Series on two axes, each by colour and shape, with error bars; their names stand below, one a line. */
export function seriesPlot(options: SeriesPlotOptions): Picture {
  const { title, x, y, series, level, width = 290, height = 220 } = options;
  const points = series.flatMap((each) => each.points);
  const ys = points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]);
  const drawing = plot({
    title,
    x: {
      grid: true,
      ...x,
      domain:
        x.domain ??
        domainOf(
          points.map((point) => point.x),
          x.scale,
        ),
    },
    y: { grid: true, ...y, domain: y.domain ?? domainOf(level === undefined ? ys : [...ys, level], y.scale) },
    width,
    height,
    marks: (area) =>
      [...(level === undefined ? [] : [levelLine(area, level)]), ...series.map((each) => seriesIn(area, each))].join(
        '',
      ),
  });
  return gridOf([[drawing], [legend(series)]], 4);
}

/** All values, with a little room at both ends. */
function domainOf(values: readonly number[], scale: Axis['scale']): readonly [number, number] {
  const usable = values.filter((value) => Number.isFinite(value) && (scale !== 'log' || value > 0));
  if (usable.length === 0) return scale === 'log' ? [0.1, 10] : [0, 1];
  const [low, high] = [Math.min(...usable), Math.max(...usable)];
  if (scale !== 'log') {
    const room = 0.06 * (high - low) || Math.abs(high) * 0.1 || 1;
    return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
  }
  const factor = Math.max(1.25, (high / low) ** 0.06);
  return [low / factor, high * factor];
}

function seriesIn({ box, x, y }: Area, { points, color, shape = 'circle', joined = false }: Series): Markup {
  const within = (value: number) => (Number.isFinite(value) ? value : box.y);
  const bars = points.flatMap(({ x: at, low, high }) =>
    low === undefined || high === undefined
      ? []
      : [
          element('line', {
            x1: x.at(at),
            x2: x.at(at),
            y1: within(y.at(low)),
            y2: within(y.at(high)),
            stroke: color,
            'stroke-width': 1.5,
          }),
        ],
  );
  const line = pathThrough(points.map((point) => [x.at(point.x), y.at(point.y)] as const));
  return [
    ...(joined ? [element('path', { d: line, fill: 'none', stroke: color, 'stroke-opacity': 0.7 })] : []),
    ...bars,
    ...points.map((point) => marker(shape, x.at(point.x), y.at(point.y), color, point.title)),
  ].join('');
}

function levelLine({ box, y }: Area, level: number): Markup {
  const at = y.at(level);
  return element('line', {
    x1: box.x,
    x2: box.x + box.width,
    y1: at,
    y2: at,
    stroke: '#000',
    'stroke-dasharray': '5 3',
  });
}

const lineHeight = 19;

function legend(series: readonly Series[]): Picture {
  if (series.length < 2 && series[0]?.name === undefined) return { width: 0, height: 0, markup: '' };
  const size = fontSize - 1;
  return {
    width: Math.ceil(Math.max(0, ...series.map(({ name }) => 30 + widthOf(name, size)))),
    height: series.length * lineHeight + 4,
    markup: series
      .map(({ name, color, shape = 'circle' }, row) => {
        const y = (row + 0.5) * lineHeight;
        return marker(shape, 14, y, color) + text(26, y, name, { anchor: 'start', size });
      })
      .join(''),
  };
}

import { real, WtildeError } from '@wtilde/core-types';
import { blur2 } from 'd3-array';
import { contours } from 'd3-contour';
import type { ParameterSamples } from '../result.js';
import { axesAround, type Box, type PlacedAxis, placeAxis, placeHorizontal, signed } from '../svg/axis.js';
import { palette } from '../svg/colors.js';
import { element, fontSize, ink, type Markup, pathThrough, short, text } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';

/** Side of a panel, the distance between panels, and room at the edges. */
const [side, gap, left, bottom, above] = [124, 12, 86, 58, 36];
/** Cells of a density along each axis. */
const cells = 48;
/** Parts of the posterior that the contours hold. */
const held = [0.954, 0.683];

/** One parameter of a posterior: values, range shown, median and the ends of the middle 68 %. */
interface Column {
  readonly name: string;
  readonly values: Float64Array;
  readonly domain: readonly [number, number];
  readonly quantiles: readonly [low: number, median: number, high: number];
}

/**
 * Every parameter of a posterior, and every pair of them: histograms with median and the middle 68 %, and the contours that
 * hold 68 % and 95 % of the samples.
 *
 * @throws ShapeMismatch where samples, names and weights do not belong together; InvalidValue where there are none.
 */
export function cornerPlot(posterior: ParameterSamples): Picture {
  const { columns, weights } = columnsOf(posterior);
  const p = columns.length;
  const size = p * (side + gap);
  const boxOf = (row: number, column: number): Box => ({
    x: left + column * (side + gap),
    y: above + row * (side + gap),
    width: side,
    height: side,
  });
  const panels: Markup[] = [];
  columns.forEach((across, column) => {
    panels.push(histogram(boxOf(column, column), across, weights));
    columns.slice(column + 1).forEach((up, at) => {
      panels.push(pair(boxOf(column + 1 + at, column), across, up, weights));
    });
  });
  const edges = columns.flatMap((each, at) => [
    ...(at > 0 ? [labelled(boxOf(at, 0), undefined, each)] : []),
    labelled(boxOf(p - 1, at), each, undefined),
  ]);
  return { width: left + size + 24, height: above + size + bottom, markup: [...panels, ...edges].join('') };
}

function columnsOf({ names, samples, weights }: ParameterSamples) {
  const [n, p] = samples.shape;
  if (samples.shape.length !== 2 || names.length !== p || (weights !== undefined && weights.data.length !== n)) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the parts of the posterior do not belong together',
      where: 'posterior',
      expected: 'p names, samples [n, p] and weights [n]',
      actual: `${names.length} names, samples [${samples.shape.join(', ')}], weights [${weights?.shape.join(', ') ?? 'none'}]`,
      remedy: 'pass one name for every column and one weight for every row',
    });
  }
  if (n === 0) {
    throw new WtildeError('InvalidValue', {
      what: 'the posterior has no samples',
      where: 'posterior.samples',
      expected: 'at least one row',
      actual: '0 rows',
      remedy: 'leave the posterior out',
    });
  }
  const all = weights?.data ?? new Float64Array(n).fill(1);
  const short = shortNames(names);
  const columns = short.map((name, column): Column => {
    const values = Float64Array.from({ length: n }, (_, row) => samples.data[row * p + column]);
    const quantile = quantilesOf(values, all);
    const [low, high] = [quantile(0.001), quantile(0.999)];
    const room = 0.08 * (high - low) || Math.abs(low) * 1e-6 || 1;
    return {
      name,
      values,
      domain: [low - room, high + room],
      quantiles: [quantile(0.1587), quantile(0.5), quantile(0.8413)],
    };
  });
  return { columns, weights: real(all) };
}

/** Of weighted values, linear between them. */
export function quantilesOf(values: Float64Array, weights: Float64Array): (part: number) => number {
  const order = Uint32Array.from(values, (_, at) => at).sort((a, b) => values[a] - values[b]);
  let sum = 0;
  // A sample stands in the middle of its weight.
  const middles = Float64Array.from(order, (at) => {
    sum += weights[at];
    return sum - weights[at] / 2;
  });
  return (part) => {
    const wanted = part * sum;
    const next = middles.findIndex((middle) => middle >= wanted);
    if (next <= 0) return values[order[next < 0 ? order.length - 1 : 0]];
    const span = middles[next] - middles[next - 1];
    const share = span > 0 ? (wanted - middles[next - 1]) / span : 1;
    return values[order[next - 1]] * (1 - share) + values[order[next]] * share;
  };
}

function histogram(
  box: Box,
  { name, values, domain, quantiles }: Column,
  { data: weights }: { readonly data: Float64Array },
): Markup {
  const counts = new Float64Array(cells);
  values.forEach((value, at) => {
    const cell = cellOf(value, domain);
    if (cell >= 0) counts[cell] += weights[at];
  });
  const smooth = blurred(counts, cells, 1);
  const most = smooth.reduce((a, b) => Math.max(a, b), 0) || 1;
  const x = placeAxis({ label: '', domain }, box.x, box.x + box.width);
  const height = (count: number) => box.y + box.height - (0.92 * box.height * count) / most;
  const outline = [...smooth].map(
    (count, cell) => [box.x + ((cell + 0.5) * box.width) / cells, height(count)] as const,
  );
  const floor = box.y + box.height;
  const [first, last] = [outline[0], outline[outline.length - 1]];
  const d = pathThrough([[first[0], floor], ...outline, [last[0], floor]]);
  return [
    element('path', { d, fill: palette[5], 'fill-opacity': 0.45, stroke: palette[0] }),
    ...quantiles.map((value, at) =>
      element('line', {
        x1: x.at(value),
        x2: x.at(value),
        y1: box.y,
        y2: floor,
        stroke: palette[1],
        'stroke-dasharray': at === 1 ? undefined : '3 3',
      }),
    ),
    element('rect', { ...box, fill: 'none', stroke: ink }),
    text(box.x + box.width / 2, box.y - 23, name, { size: fontSize - 2, weight: 600 }),
    text(box.x + box.width / 2, box.y - 9, summary(quantiles), { size: fontSize - 2 }),
  ].join('');
}

function pair(box: Box, across: Column, up: Column, { data: weights }: { readonly data: Float64Array }): Markup {
  const counts = new Float64Array(cells * cells);
  let total = 0;
  across.values.forEach((value, at) => {
    const [column, row] = [cellOf(value, across.domain), cellOf(up.values[at], up.domain)];
    if (column < 0 || row < 0) return;
    counts[row * cells + column] += weights[at];
    total += weights[at];
  });
  const smooth = blurred(counts, cells, cells);
  const levels = levelsOf(smooth, total);
  const step = box.width / cells;
  const rings = contours().size([cells, cells]).smooth(true);
  const areas = levels.map((level, at) => {
    const { coordinates } = rings.contour([...smooth], level);
    const d = coordinates
      .flat()
      .map(
        (ring) =>
          `M${ring.map(([a, b]) => `${short(box.x + a * step)} ${short(box.y + box.height - b * step)}`).join('L')}Z`,
      )
      .join('');
    return element('path', {
      d,
      fill: palette[0],
      'fill-opacity': at === 0 ? 0.25 : 0.5,
      'fill-rule': 'evenodd',
      stroke: palette[0],
    });
  });
  return [...areas, element('rect', { ...box, fill: 'none', stroke: ink })].join('');
}

function cellOf(value: number, [low, high]: readonly [number, number]): number {
  const cell = Math.floor(((value - low) / (high - low)) * cells);
  return cell >= 0 && cell < cells ? cell : -1;
}

/** By a Gaussian of one cell; what would leave at the edges stays. */
function blurred(counts: Float64Array, width: number, height: number): Float64Array {
  const { data } = blur2({ data: counts.slice(), width, height }, 1.2, height === 1 ? 0 : 1.2);
  return Float64Array.from(data);
}

/** The densities above which the parts of the posterior lie. */
function levelsOf(density: Float64Array, total: number): readonly number[] {
  const sorted = density.slice().sort().reverse();
  return held.map((part) => {
    let sum = 0;
    for (const value of sorted) {
      sum += value;
      if (sum >= part * total) return value;
    }
    return 0;
  });
}

/** Ticks and names at the outer edge of a row or a column. */
function labelled(box: Box, below?: Column, beside?: Column): Markup {
  const none = { at: () => 0, ticks: [], label: '' };
  const horizontal =
    below === undefined
      ? none
      : {
          ...placeHorizontal({ label: '', domain: below.domain, ticks: 3 }, box.x, box.x + box.width),
          label: below.name,
        };
  const vertical =
    beside === undefined
      ? none
      : { ...placeAxis({ label: '', domain: beside.domain, ticks: 3 }, box.y + box.height, box.y), label: beside.name };
  // Those at a corner would touch those of the next panel.
  const apart = (axis: PlacedAxis, from: number, to: number) =>
    axis.ticks.filter(({ at }) => at - from > 8 && to - at > 8);
  return [
    axesAround(
      box,
      { ...horizontal, ticks: apart(horizontal, box.x, box.x + box.width), label: '' },
      { ...vertical, ticks: apart(vertical, box.y, box.y + box.height), label: '' },
    ),
    text(box.x + box.width / 2, box.y + box.height + 40, horizontal.label, { size: fontSize - 1 }),
    text(box.x - 62, box.y + box.height / 2, vertical.label, { size: fontSize - 1, turned: true }),
  ].join('');
}

/** Without what all of a kind begin with: `einsteinRadius` of `mass.0.einsteinRadius` where there is one mass. */
function shortNames(names: readonly string[]): readonly string[] {
  const masses = new Set(names.flatMap((name) => /^mass\.\d+/.exec(name) ?? []));
  return names.map((name) => {
    const last = name.replace(/^regularization\./, '').replace(masses.size === 1 ? /^mass\.\d+\./ : /^mass\./, '');
    const short = last.replace(/\bcentre\.0$/, 'centre y').replace(/\bcentre\.1$/, 'centre x');
    return short.length > 18 ? `\u2026${short.slice(-17)}` : short;
  });
}

/** Median and the way to both ends, with two digits of the smaller; small or large numbers with one power of ten. */
function summary([low, median, high]: readonly [number, number, number]): string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const power = largest > 0 && (largest < 1e-3 || largest >= 1e5) ? Math.floor(Math.log10(largest)) : 0;
  const [down, middle, up] = [median - low, median, high - median].map((value) => value / 10 ** power);
  const least = Math.min(down, up);
  const digits = least > 0 ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(least)))) : 4;
  const numbers = `${signed(middle.toFixed(digits))} +${up.toFixed(digits)} \u2212${down.toFixed(digits)}`;
  return power === 0 ? numbers : `(${numbers}) \u00d710^${power}`;
}

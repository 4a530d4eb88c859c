import type { NdArray } from '@wtilde/core-types';
import type { Beam, Curve } from '@wtilde/lens';
import type { SkyImage } from '../images/skyImage.js';
import type { ColorScale } from '../svg/colorBar.js';
import { element, type Markup, pathThrough } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';
import { type Area, plot } from '../svg/plot.js';
import { rasterIn } from '../svg/raster.js';

/** Lines over an image. */
export interface Lines {
  readonly curves: readonly Curve[];
  readonly color: string;
  readonly dashed?: boolean | undefined;
}

/** What is looked at, in arcsec. */
export interface SkyField {
  readonly centre: readonly [y: number, x: number];
  readonly extent: number;
}

export interface SkyPlotOptions {
  readonly title: string;
  readonly colors: ColorScale;
  readonly lines?: readonly Lines[] | undefined;
  readonly beam?: Beam | undefined;
  /** Side of the frame in pixels. */
  readonly side?: number | undefined;
}

/** An image of the sky or the source plane, North up and East left, with offsets in arcsec. */
export function skyPlot(image: SkyImage, options: SkyPlotOptions): Picture {
  const [rows, columns] = image.values.shape;
  const extent = Math.max(rows, columns) * image.pixelScale;
  return skyFrame({ centre: image.centre, extent }, options, (area) => {
    const { pixelScale, centre } = image;
    const [left, right] = [columns, -columns].map((side) => area.x.at(centre[1] + (side * pixelScale) / 2));
    const [top, bottom] = [rows, -rows].map((side) => area.y.at(centre[0] + (side * pixelScale) / 2));
    const mirrored = { data: mirror(image.values), rows, columns };
    const { map, domain } = options.colors;
    return rasterIn({ x: left, y: top, width: right - left, height: bottom - top }, mirrored, map, domain);
  });
}

/** The frame of such a plot, with what is drawn over the image. */
export function skyFrame(
  { centre, extent }: SkyField,
  { title, colors, lines = [], beam, side = 300 }: SkyPlotOptions,
  image: (area: Area) => Markup,
): Picture {
  const [y, x] = centre;
  const half = extent / 2;
  return plot({
    title,
    x: { label: 'x, to the East (arcsec)', domain: [x + half, x - half] },
    y: { label: 'y, to the North (arcsec)', domain: [y - half, y + half] },
    width: side,
    height: side,
    background: '#d9d9d9',
    colors,
    marks: (area) =>
      [
        image(area),
        ...lines.flatMap((each) => each.curves.map((curve) => lineThrough(area, curve, each))),
        ...(beam === undefined ? [] : [beamIn(area, beam, side / extent)]),
      ].join(''),
  });
}

/** Columns from the East. */
function mirror({ data, shape }: NdArray<'real'>): Float64Array {
  const columns = shape[1];
  return Float64Array.from(data, (_, at) => {
    const column = at % columns;
    return data[at - column + columns - 1 - column];
  });
}

function lineThrough({ x, y }: Area, { points: { data }, closed }: Curve, { color, dashed = false }: Lines): Markup {
  const points = Array.from(
    { length: data.length / 2 },
    (_, at) => [x.at(data[2 * at + 1]), y.at(data[2 * at])] as const,
  );
  const path = { d: pathThrough(points, closed), fill: 'none', 'stroke-linejoin': 'round' };
  return [
    // Seen on dark and on light.
    element('path', { ...path, stroke: '#000', 'stroke-width': 2.6, 'stroke-opacity': 0.5 }),
    element('path', { ...path, stroke: color, 'stroke-width': 1.4, 'stroke-dasharray': dashed ? '4 3' : undefined }),
  ].join('');
}

/** In the corner. Both axes run against those of the screen, so that angles from x to y are those of an SVG. */
function beamIn({ box }: Area, { major, minor, angle }: Beam, pixelsPerArcsec: number): Markup {
  const [a, b] = [(major * pixelsPerArcsec) / 2, (minor * pixelsPerArcsec) / 2];
  const turned = (angle * Math.PI) / 180;
  const [wide, high] = [
    Math.hypot(a * Math.cos(turned), b * Math.sin(turned)),
    Math.hypot(a * Math.sin(turned), b * Math.cos(turned)),
  ];
  if (2 * Math.max(wide, high) > 0.5 * box.width) return outlineOf(box, { a, b, angle });
  const [x, y] = [box.x + 10 + wide, box.y + box.height - 10 - high];
  return [
    element('rect', {
      x: x - wide - 5,
      y: y - high - 5,
      width: 2 * wide + 10,
      height: 2 * high + 10,
      fill: '#fff',
      'fill-opacity': 0.85,
    }),
    element('ellipse', {
      cx: x,
      cy: y,
      rx: a,
      ry: b,
      transform: `rotate(${angle} ${x} ${y})`,
      fill: '#555',
      stroke: '#000',
    }),
  ].join('');
}

/** Where it is as large as what is shown: around the middle. */
function outlineOf(
  { x, y, width, height }: Area['box'],
  { a, b, angle }: { a: number; b: number; angle: number },
): Markup {
  const [cx, cy] = [x + width / 2, y + height / 2];
  const ellipse = { cx, cy, rx: a, ry: b, transform: `rotate(${angle} ${cx} ${cy})`, fill: 'none' };
  return element('ellipse', { ...ellipse, stroke: '#fff', 'stroke-dasharray': '2 4' });
}

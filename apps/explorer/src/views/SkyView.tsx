import type { Beam } from '@wtilde/lens';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Image, Line } from '../engine/protocol.js';
import type { ColorMapName, Stretch } from '../page/look.js';
import { cssOf, rangeOf, stretched, tableOf } from './colors.js';

/** How places of the sky are places of the picture: 100 units wide, North up, East left. */
export interface Frame {
  readonly centre: readonly [y: number, x: number];
  /** Arcsec from side to side. */
  readonly extent: number;
}

export function toPicture({ centre, extent }: Frame, y: number, x: number): readonly [x: number, y: number] {
  return [50 - ((x - centre[1]) * 100) / extent, 50 - ((y - centre[0]) * 100) / extent];
}

export function toSky({ centre, extent }: Frame, pictureX: number, pictureY: number): readonly [y: number, x: number] {
  return [centre[0] - ((pictureY - 50) * extent) / 100, centre[1] - ((pictureX - 50) * extent) / 100];
}

export interface SkyViewProps {
  readonly title: string;
  readonly image: Image | undefined;
  readonly colors: ColorMapName | 'difference';
  readonly stretch: Stretch;
  /** The values at the ends of the colours; by default those of the image. */
  readonly range?: readonly [number, number] | undefined;
  readonly lines?: readonly { readonly points: Line; readonly className: string }[];
  readonly dots?: Line | undefined;
  /** Of a model before this one. */
  readonly old?: boolean;
  /** Drawn in a corner. */
  readonly beam?: Beam | undefined;
  readonly children?: (frame: Frame) => ComponentChildren;
}

/** An image with axes, a colour bar, and the value under the pointer. */
export function SkyView({
  title,
  image,
  colors,
  stretch,
  range,
  lines = [],
  dots,
  old = false,
  beam,
  children,
}: SkyViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [zoom, setZoom] = useState(1);
  const [under, setUnder] = useState<string | undefined>(undefined);
  const [low, high] = useMemo(() => range ?? (image === undefined ? [0, 1] : rangeOf(image.data)), [image, range]);

  const table = useMemo(() => tableOf(colors), [colors]);
  const bar = useMemo(() => gradient(colors), [colors]);
  const summary = useMemo(() => (image === undefined ? '' : summaryOf(image)), [image]);

  // In the frame that has its lines, too.
  useLayoutEffect(() => {
    if (canvas.current !== null && image !== undefined) draw(canvas.current, image, table, stretch, low, high);
  }, [image, table, stretch, low, high]);

  if (image === undefined) {
    return (
      <section class="view" aria-label={title}>
        <h2>{title}</h2>
        <div class="empty">nothing yet</div>
      </section>
    );
  }
  const whole = image.columns * image.pixelScale;
  const frame: Frame = { centre: image.centre, extent: whole / zoom };
  const inset = 50 * (1 - zoom);

  function pointed(event: PointerEvent & { readonly currentTarget: Element }): void {
    // A hand that drags something looks at something else.
    if (image === undefined || event.buttons !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = [
      (100 * (event.clientX - box.left)) / box.width,
      (100 * (event.clientY - box.top)) / box.height,
    ] as const;
    const [y, x] = toSky(frame, at[0], at[1]);
    const row = Math.floor((image.centre[0] - y) / image.pixelScale + image.rows / 2);
    const column = Math.floor((x - image.centre[1]) / image.pixelScale + image.columns / 2);
    const inside = row >= 0 && row < image.rows && column >= 0 && column < image.columns;
    const value = inside ? image.data[row * image.columns + column] : Number.NaN;
    setUnder(
      `${offset(x)} E, ${offset(y)} N: ${Number.isNaN(value) ? 'no value' : `${value.toPrecision(4)} ${image.unit}`}`,
    );
  }

  return (
    <section class="view" aria-label={title}>
      <h2>
        {title}
        <span class="zoom">
          <button type="button" aria-label={`enlarge ${title}`} onClick={() => setZoom(Math.min(8, zoom * 1.5))}>
            +
          </button>
          <button type="button" aria-label={`reduce ${title}`} onClick={() => setZoom(Math.max(1, zoom / 1.5))}>
            −
          </button>
        </span>
      </h2>
      <div class="sky" onPointerMove={pointed} onPointerLeave={() => setUnder(undefined)}>
        <canvas
          ref={canvas}
          class={old ? 'old' : undefined}
          width={image.columns}
          height={image.rows}
          role="img"
          aria-label={`${title}: ${summary}`}
          style={{ left: `${inset}%`, top: `${inset}%`, width: `${100 * zoom}%`, height: `${100 * zoom}%` }}
        />
        <svg viewBox="0 0 100 100">
          <title>{`${title}: what is drawn over it`}</title>
          {dots === undefined ? null : <path class="dots" d={dotsThrough(frame, dots)} />}
          {lines.map(({ points, className }, at) => (
            <path key={`${className}${at}`} class={className} d={pathThrough(frame, points)} />
          ))}
          {beam === undefined ? null : <BeamMark beam={beam} extent={frame.extent} />}
          {children?.(frame)}
        </svg>
        <span class="compass" aria-hidden="true">
          N ↑ &nbsp;← E
        </span>
      </div>
      <div class="scale" aria-hidden="true">
        <span>{short(low)}</span>
        <span class="bar" style={{ background: bar }} />
        <span>
          {short(high)} {image.unit}
        </span>
      </div>
      <p class="under">{under ?? `${frame.extent.toPrecision(3)}″ across`}</p>
    </section>
  );
}

/** How large a point is seen. Its angle runs from x to y: from east, on the left, to north. */
function BeamMark({ beam: { major, minor, angle }, extent }: { readonly beam: Beam; readonly extent: number }) {
  const [rx, ry] = [major, minor].map((width) => (50 * width) / extent);
  const place = Math.max(rx, ry) + 2;
  return <ellipse class="beam" rx={rx} ry={ry} transform={`translate(${place} ${100 - place}) rotate(${angle})`} />;
}

function draw(
  canvas: HTMLCanvasElement,
  { data, rows, columns }: Image,
  table: Uint32Array,
  stretch: Stretch,
  low: number,
  high: number,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const pixels = context.createImageData(columns, rows);
  const words = new Uint32Array(pixels.data.buffer);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column];
      // East is to the left. What has no value stays transparent.
      const at = row * columns + columns - 1 - column;
      if (!Number.isNaN(value)) words[at] = table[Math.round(255 * stretched(stretch, value, low, high))];
    }
  }
  context.putImageData(pixels, 0, 0);
}

function pathThrough(frame: Frame, points: Line): string {
  let path = '';
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = toPicture(frame, points[at], points[at + 1]);
    path += `${at === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`;
  }
  return path;
}

function dotsThrough(frame: Frame, points: Line): string {
  let path = '';
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = toPicture(frame, points[at], points[at + 1]);
    if (x >= 0 && x <= 100 && y >= 0 && y <= 100) path += `M${x.toFixed(2)} ${y.toFixed(2)}h0`;
  }
  return path;
}

function summaryOf({ data, unit, columns, pixelScale }: Image): string {
  const [low, high] = rangeOf(data);
  return `${(columns * pixelScale).toPrecision(3)} arcsec across, from ${low.toPrecision(3)} to ${high.toPrecision(3)} ${unit}`;
}

function gradient(colors: ColorMapName | 'difference'): string {
  const stops = Array.from({ length: 9 }, (_, step) => cssOf(colors, step / 8));
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

function offset(arcsec: number): string {
  return `${arcsec.toFixed(3)}″`;
}

function short(value: number): string {
  return Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.01)
    ? value.toExponential(1)
    : value.toPrecision(3);
}

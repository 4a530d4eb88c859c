import { encode } from 'fast-png';
import type { Box } from './axis.js';
import type { ColorMap } from './colors.js';
import { element, type Markup } from './element.js';

/** Numbers in rows from the top; NaN is not drawn. */
export interface Values {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** At least so many pixels along a side: renderers that smooth what they enlarge then have nothing to smooth. */
const least = 480;

/** Values as an image in a box: the colour map from `low` to `high`, and transparent where there is no number. */
export function rasterIn(box: Box, values: Values, map: ColorMap, [low, high]: readonly [number, number]): Markup {
  const { rows, columns, data } = values;
  const times = Math.max(1, Math.ceil(least / Math.max(rows, columns)));
  const indexes = new Uint8Array(rows * columns * times * times);
  for (let row = 0; row < rows * times; row++) {
    for (let column = 0; column < columns * times; column++) {
      const value = data[Math.floor(row / times) * columns + Math.floor(column / times)];
      const part = (value - low) / (high - low);
      // 0 is the transparent one.
      indexes[row * columns * times + column] = Number.isNaN(value) ? 0 : 1 + steps(part);
    }
  }
  const png = encode({
    width: columns * times,
    height: rows * times,
    data: indexes,
    depth: 8,
    channels: 1,
    palette: [[255, 255, 255, 0], ...Array.from({ length: 255 }, (_, step) => [...map(step / 254), 255])],
  });
  return element('image', {
    ...box,
    preserveAspectRatio: 'none',
    'image-rendering': 'optimizeSpeed',
    href: `data:image/png;base64,${base64(png)}`,
  });
}

function steps(part: number): number {
  if (Number.isNaN(part)) return 0;
  return Math.round(254 * Math.min(1, Math.max(0, part)));
}

/** In pieces: arguments of a call are limited. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

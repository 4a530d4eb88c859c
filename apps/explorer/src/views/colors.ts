import {
  interpolateCividis,
  interpolateGreys,
  interpolateInferno,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';
import type { ColorMapName, Stretch } from '../page/look.js';

const maps: Readonly<Record<ColorMapName | 'difference', (part: number) => string>> = {
  inferno: interpolateInferno,
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  greys: (part) => interpolateGreys(1 - part),
  difference: (part) => interpolateRdBu(1 - part),
};

/** 256 colours of a map, as a canvas wants them: alpha, blue, green, red from the highest byte down. */
export function tableOf(name: ColorMapName | 'difference'): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: 256 }, (_, step) => {
    const [red, green, blue] = channels(maps[name](step / 255));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** A part of the colour bar, as CSS. */
export function cssOf(name: ColorMapName | 'difference', part: number): string {
  return maps[name](part);
}

function channels(color: string): readonly [number, number, number] {
  const hex = /^#(..)(..)(..)$/.exec(color);
  if (hex !== null) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)];
  const [red = 0, green = 0, blue = 0] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return [red, green, blue];
}

/** Where a value is between low and high, 0 to 1, as it is to be seen. */
export function stretched(stretch: Stretch, value: number, low: number, high: number): number {
  const part = Math.min(1, Math.max(0, (value - low) / (high - low)));
  if (stretch === 'asinh') return Math.asinh(20 * part) / Math.asinh(20);
  if (stretch === 'log') return Math.log1p(1000 * part) / Math.log1p(1000);
  return part;
}

/** Least and largest value that is there. */
export function rangeOf(data: Float32Array): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? [low, high] : [Number.isFinite(low) ? low - 1 : 0, Number.isFinite(low) ? low + 1 : 1];
}

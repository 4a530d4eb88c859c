import type { NdArray } from '@wtilde/core-types';
import { brightness, palette } from '../svg/colors.js';
import { element } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';
import { plot } from '../svg/plot.js';
import { rasterIn } from '../svg/raster.js';

/** More dots than these are drawn as a density. */
const mostDots = 4000;
/** Cells of a density along each side. */
const cells = 150;

/** Where baselines (K, 2) are, and their opposites, which see the same. */
export function uvPlot({ data, shape }: NdArray<'real'>): Picture {
  const longest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const [factor, unit] = longest >= 1e6 ? [1e6, 'M\u03bb'] : longest >= 1e3 ? [1e3, 'k\u03bb'] : [1, '\u03bb'];
  const reach = (1.08 * longest) / factor;
  const dense = shape[0] > mostDots;
  const density = dense ? densityOf(data, reach * factor) : undefined;
  const most = density?.reduce((a, b) => Math.max(a, Number.isNaN(b) ? 0 : b), 0) ?? 0;
  return plot({
    title: 'uv coverage',
    x: { label: `u (${unit})`, domain: [-reach, reach] },
    y: { label: `v (${unit})`, domain: [-reach, reach] },
    width: 300,
    height: 300,
    ...(dense ? { colors: { map: brightness, domain: [0, most], label: 'log10 of visibilities in a cell' } } : {}),
    marks({ box, x, y }) {
      if (density !== undefined)
        return rasterIn(box, { data: density, rows: cells, columns: cells }, brightness, [0, most]);
      const dot = (u: number, v: number, fill: string) =>
        element('circle', { cx: x.at(u / factor), cy: y.at(v / factor), r: 1.1, fill });
      const dots: string[] = [];
      for (let at = 0; at < data.length; at += 2) {
        dots.push(dot(-data[at], -data[at + 1], palette[5]), dot(data[at], data[at + 1], palette[0]));
      }
      return dots.join('');
    },
  });
}

function densityOf(data: Float64Array, reach: number): Float64Array {
  const counts = new Float64Array(cells * cells);
  for (let at = 0; at < data.length; at += 2) {
    const column = Math.floor(((data[at] + reach) / (2 * reach)) * cells);
    const row = Math.floor(((reach - data[at + 1]) / (2 * reach)) * cells);
    counts[row * cells + column]++;
    counts[(cells - 1 - row) * cells + cells - 1 - column]++;
  }
  return counts.map((count) => (count === 0 ? Number.NaN : Math.log10(count)));
}

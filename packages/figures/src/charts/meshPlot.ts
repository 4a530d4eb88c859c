import type { NdArray } from '@wtilde/core-types';
import { Delaunay } from 'd3-delaunay';
import { css } from '../svg/colors.js';
import { element, short } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';
import { type SkyField, type SkyPlotOptions, skyFrame } from './skyPlot.js';

/**
 * Numbers at the vertices (S, 2) of a mesh: each fills its Voronoi cell, all that is nearer to it than to any other. On a
 * rectangular mesh these are its cells.
 */
export function meshPlot(
  { vertices, values }: { readonly vertices: NdArray<'real'>; readonly values: NdArray<'real'> },
  field: SkyField,
  options: SkyPlotOptions,
): Picture {
  const { map, domain } = options.colors;
  const [low, high] = domain;
  return skyFrame(field, options, ({ box, x, y }) => {
    const places = Float64Array.from(vertices.data, (_, at) =>
      at % 2 === 0 ? x.at(vertices.data[at + 1]) : y.at(vertices.data[at - 1]),
    );
    const cells = new Delaunay(places).voronoi([box.x, box.y, box.x + box.width, box.y + box.height]);
    return Array.from(values.data, (value, cell) => {
      // Outside of the frame there is none, and of vertices that coincide one has it.
      const corners = cells.cellPolygon(cell);
      if (corners === null) return '';
      const color = css(map(Math.min(1, Math.max(0, (value - low) / (high - low)))));
      const d = `M${corners.map(([a, b]) => `${short(a)} ${short(b)}`).join('L')}Z`;
      // A stroke of its own colour closes the seams between cells.
      return element('path', { d, fill: color, stroke: color, 'stroke-width': 0.6 });
    }).join('');
  });
}

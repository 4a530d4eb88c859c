import { complex, index, type NdArray, radiansPerPixel, real } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { withEdgeWeights } from './edgeWeights.js';
import { knownErrors } from './knownErrors.js';
import { withPositiveFields } from './positiveFields.js';

type Pair = readonly [number, number];

/** A whole problem in a form that can be written by hand. */
export interface Problem {
  /** The bounding box of the unmasked pixels, a text per row: '#' is unmasked, '.' is masked. */
  readonly mask: readonly string[];
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** Centre (y, x) of the box in arcsec. Off the origin, so that signs and swapped axes show. */
  readonly origin: Pair;
  /** (u, v) in wavelengths. */
  readonly uv: readonly Pair[];
  /** Real and imaginary part per visibility. */
  readonly data: readonly Pair[];
  readonly noise: readonly Pair[];
  /** (source pixel, weight) of each unmasked pixel. */
  readonly rows: readonly (readonly Pair[])[];
  /** Slots B for mappings per pixel. */
  readonly width: number;
  /** Source pixels S. */
  readonly pixels: number;
  /** Pairs of neighbouring source pixels. */
  readonly edges: readonly Pair[];
  /** Slots P for neighbours per source pixel. */
  readonly slots: number;
  readonly coefficient: number;
  readonly circle: Circle;
}

/** The arguments of the two mask kernels; (y, x) each. */
export interface Circle {
  readonly shape: Pair;
  readonly scales: Pair;
  readonly centre: Pair;
  readonly radius: number;
}

/** The problem as fields by upstream argument name. */
export function problemFields(problem: Problem): Fields {
  const { uv, data, noise, coefficient } = problem;
  return withPositiveFields(
    withEdgeWeights({
      ...pixelFields(problem),
      ...circleFields(problem.circle),
      ...mappingFields(problem.rows, problem.width, problem.pixels),
      ...neighborFields(problem.edges, problem.pixels, problem.slots),
      uv_wavelengths: real(uv.flat(), [uv.length, 2]),
      data: complex(data.flat()),
      noise_map: complex(noise.flat()),
      coefficient: real([coefficient], []),
      ...knownErrors,
    }),
  );
}

/** Sparse mapping rows, padded with -1 to a width. Padding weights are NaN: nobody may look at them. */
export function mappingFields(rows: readonly (readonly Pair[])[], width: number, pixels: number): Fields {
  const slots = rows.flatMap((row) => Array.from({ length: width }, (_, b): Pair => row[b] ?? [-1, Number.NaN]));
  return {
    pix_indexes_for_sub_slim_index: index(
      slots.map(([pixel]) => pixel),
      [rows.length, width],
    ),
    pix_weights_for_sub_slim_index: real(
      slots.map(([, weight]) => weight),
      [rows.length, width],
    ),
    pixels: index([pixels], []),
  };
}

function pixelFields({ mask, pixelScale, origin }: Problem): Fields {
  const columns = mask[0]?.length ?? 0;
  const native = mask.flatMap((text, row) =>
    [...text].flatMap((mark, column): Pair[] => (mark === '#' ? [[row, column]] : [])),
  );
  const box = mask.flatMap((text, row) => [...text].map((_, column): Pair => [row, column]));
  const grid = { rows: mask.length, columns, pixelScale, origin };
  return {
    grid_size: index([Math.max(mask.length, columns)], []),
    pixel_scale: real([pixelScale], []),
    shape_masked_pixels_2d: index([mask.length, columns]),
    grid_radians_2d: gridRadians(box, [mask.length, columns, 2], grid),
    grid_radians_slim: gridRadians(native, [native.length, 2], grid),
    native_index_for_slim_index: index(native.flat(), [native.length, 2]),
  };
}

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly pixelScale: number;
  readonly origin: Pair;
}

/** Centres (y, x) in radians; y falls as the row grows. */
function gridRadians(at: readonly Pair[], shape: readonly number[], grid: Grid): NdArray<'real'> {
  const { rows, columns, pixelScale, origin } = grid;
  const centres = at.flatMap(([row, column]) => [
    origin[0] + ((rows - 1) / 2 - row) * pixelScale,
    origin[1] + (column - (columns - 1) / 2) * pixelScale,
  ]);
  return real(centres.map(radiansPerPixel), shape);
}

function circleFields({ shape, scales, centre, radius }: Circle): Fields {
  return {
    shape_native: index(shape),
    pixel_scales: real(scales),
    centre: real(centre),
    radius: real([radius], []),
  };
}

function neighborFields(edges: readonly Pair[], pixels: number, slots: number): Fields {
  const lists = Array.from({ length: pixels }, (_, pixel) =>
    edges.flatMap(([a, b]) => (a === pixel ? [b] : b === pixel ? [a] : [])),
  );
  return {
    neighbors: index(
      lists.flatMap((list) => Array.from({ length: slots }, (_, slot) => list[slot] ?? -1)),
      [pixels, slots],
    ),
    neighbors_sizes: index(lists.map((list) => list.length)),
  };
}

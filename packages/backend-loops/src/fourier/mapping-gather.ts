import type { MappingColumns } from './mapping-columns.js';

/**
 * Images carried together, interleaved: number (place, lane) of a group stands at LANES place + lane.
 * An entry of T is then read once for eight products, which find their numbers in one cache line.
 */
export const LANES = 8;

/**
 * out[to + lane S + t] = sum over the entries (place, weight) of column t of T of weight times
 * images[place, lane]: a group of images, as rows, times T. 2 nnz operations per image.
 *
 * @param places where the entries of T stand in `images`, already multiplied by LANES
 * @param lanes images that count; out gets as many rows of S numbers
 */
export function gatherThroughMapping(
  { columnStart, weight, pixels }: MappingColumns,
  places: Int32Array,
  images: Float64Array,
  lanes: number,
  out: Float64Array,
  to: number,
): void {
  for (let t = 0; t < pixels; t++) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    let sum5 = 0;
    let sum6 = 0;
    let sum7 = 0;
    const end = columnStart[t + 1];
    for (let e = columnStart[t]; e < end; e++) {
      const place = places[e];
      const factor = weight[e];
      sum0 += factor * images[place];
      sum1 += factor * images[(place + 1) | 0];
      sum2 += factor * images[(place + 2) | 0];
      sum3 += factor * images[(place + 3) | 0];
      sum4 += factor * images[(place + 4) | 0];
      sum5 += factor * images[(place + 5) | 0];
      sum6 += factor * images[(place + 6) | 0];
      sum7 += factor * images[(place + 7) | 0];
    }
    const at = to + t;
    out[at] = sum0;
    if (lanes > 1) out[at + pixels] = sum1;
    if (lanes > 2) out[at + 2 * pixels] = sum2;
    if (lanes > 3) out[at + 3 * pixels] = sum3;
    if (lanes > 4) out[at + 4 * pixels] = sum4;
    if (lanes > 5) out[at + 5 * pixels] = sum5;
    if (lanes > 6) out[at + 6 * pixels] = sum6;
    if (lanes > 7) out[at + 7 * pixels] = sum7;
  }
}

/** LANES times the place of the image pixel of every entry of T, from the places (M) of the pixels. */
export function entryPlaces({ slimIndex }: MappingColumns, position?: Int32Array): Int32Array {
  const places = new Int32Array(slimIndex.length);
  for (let e = 0; e < places.length; e++) {
    places[e] = LANES * (position === undefined ? slimIndex[e] : position[slimIndex[e]]);
  }
  return places;
}

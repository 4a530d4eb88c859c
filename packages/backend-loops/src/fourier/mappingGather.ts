import type { MappingColumns } from './mappingColumns.js';

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
  // A last group of fewer images is gathered aside, which spares every other one eight questions.
  const whole = lanes === LANES;
  const rows = whole ? out : new Float64Array(LANES * pixels);
  const start = whole ? to : 0;
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
    for (let e = columnStart[t]; e < end; e = (e + 1) | 0) {
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
    let at = (start + t) | 0;
    rows[at] = sum0;
    at = (at + pixels) | 0;
    rows[at] = sum1;
    at = (at + pixels) | 0;
    rows[at] = sum2;
    at = (at + pixels) | 0;
    rows[at] = sum3;
    at = (at + pixels) | 0;
    rows[at] = sum4;
    at = (at + pixels) | 0;
    rows[at] = sum5;
    at = (at + pixels) | 0;
    rows[at] = sum6;
    at = (at + pixels) | 0;
    rows[at] = sum7;
  }
  if (!whole) out.set(rows.subarray(0, lanes * pixels), to);
}

/** LANES times the place of the image pixel of every entry of T, from the places (M) of the pixels. */
export function entryPlaces({ slimIndex }: MappingColumns, position?: Int32Array): Int32Array {
  const places = new Int32Array(slimIndex.length);
  for (let e = 0; e < places.length; e++) {
    places[e] = LANES * (position === undefined ? slimIndex[e] : position[slimIndex[e]]);
  }
  return places;
}

import type { SparseColumns } from '@wtilde/numerics';
import { freshMemory, type Scratch } from '@wtilde/numerics';

/**
 * Images carried together, interleaved: number (place, lane) of a group stands at LANES place + lane.
 * An entry of T is then read once for eight products, which find their numbers in one cache line.
 */
export const LANES = 8;

/** Is told a group of images: those of source pixels first to first + lanes - 1, good until it returns. */
export type VisitImages = (first: number, lanes: number, images: Float64Array) => void;

/**
 * A group of images, as rows, times T:
 * out[to + lane S + s] = sum over the entries of column s of value * images[place, lane].
 * 2 nnz operations per image.
 *
 * @param places from {@link entryPlaces}: where the entries of T stand in `images`
 * @param lanes images that count; out gets as many rows of S numbers
 * @param aside LANES S numbers to work in where there are fewer lanes; new when left out
 */
export function gatherColumns(
  { starts, values, columnCount }: SparseColumns,
  places: Int32Array,
  images: Float64Array,
  lanes: number,
  out: Float64Array,
  to: number,
  aside?: Float64Array,
): void {
  // A last group of fewer images is gathered aside, which spares every other one eight questions.
  const whole = lanes === LANES;
  const rows = whole ? out : (aside ?? new Float64Array(LANES * columnCount));
  const start = whole ? to : 0;
  for (let column = 0; column < columnCount; column++) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    let sum5 = 0;
    let sum6 = 0;
    let sum7 = 0;
    const end = starts[column + 1];
    for (let entry = starts[column]; entry < end; entry = (entry + 1) | 0) {
      const place = places[entry];
      const value = values[entry];
      sum0 += value * images[place];
      sum1 += value * images[(place + 1) | 0];
      sum2 += value * images[(place + 2) | 0];
      sum3 += value * images[(place + 3) | 0];
      sum4 += value * images[(place + 4) | 0];
      sum5 += value * images[(place + 5) | 0];
      sum6 += value * images[(place + 6) | 0];
      sum7 += value * images[(place + 7) | 0];
    }
    let at = (start + column) | 0;
    rows[at] = sum0;
    at = (at + columnCount) | 0;
    rows[at] = sum1;
    at = (at + columnCount) | 0;
    rows[at] = sum2;
    at = (at + columnCount) | 0;
    rows[at] = sum3;
    at = (at + columnCount) | 0;
    rows[at] = sum4;
    at = (at + columnCount) | 0;
    rows[at] = sum5;
    at = (at + columnCount) | 0;
    rows[at] = sum6;
    at = (at + columnCount) | 0;
    rows[at] = sum7;
  }
  if (!whole) out.set(rows.subarray(0, lanes * columnCount), to);
}

/** LANES times the place of the image pixel of every entry of T: `position` of it (M), or its own index. */
export function entryPlaces(
  { rows }: SparseColumns,
  position?: Int32Array,
  scratch: Scratch = freshMemory,
): Int32Array {
  const places = scratch.i32(rows.length);
  for (let entry = 0; entry < places.length; entry++) {
    places[entry] = LANES * (position === undefined ? rows[entry] : position[rows[entry]]);
  }
  return places;
}

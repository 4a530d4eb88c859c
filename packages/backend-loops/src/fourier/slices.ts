import type { MappingColumns } from './mappingColumns.js';
import { LANES } from './mappingGather.js';

/** Slices added in one sweep, so that the sum is loaded and stored once for four products. */
const TOGETHER = 4;

/**
 * A growing list of contiguous slices of a matrix W and their weights: the non-zeros of a column of T
 * that are met so far on a walk down the image.
 */
export interface Slices {
  count: number;
  /** Where each slice would start for a walk that stands at 0. */
  readonly offset: Int32Array;
  readonly weight: Float64Array;
}

/** An empty list with room for the fullest column of T. */
export function createSlices({ columnStart, pixels }: MappingColumns): Slices {
  let most = 0;
  for (let s = 0; s < pixels; s++) most = Math.max(most, columnStart[s + 1] - columnStart[s]);
  const room = most + TOGETHER;
  return { count: 0, offset: new Int32Array(room), weight: new Float64Array(room) };
}

/** Adds a slice. Those that fill the list up to a multiple of four weigh nothing. */
export function pushSlice(slices: Slices, offset: number, weight: number): void {
  const at = slices.count++;
  slices.weight[at] = weight;
  slices.offset[at] = offset;
  for (let pad = at + 1; pad < at + TOGETHER; pad++) {
    slices.weight[pad] = 0;
    slices.offset[pad] = offset;
  }
}

/**
 * images[to + c, lane] += sum_n weight_n values[base + offset_n + c] for c < width, in one lane of a
 * group of interleaved images. 2 operations per slice and number, at 4 to 5 GFLOP/s.
 */
export function addSlices(
  values: Float64Array,
  base: number,
  { count, offset, weight }: Slices,
  images: Float64Array,
  lane: number,
  to: number,
  width: number,
): void {
  const start = (LANES * to + lane) | 0;
  const end = (start + LANES * width) | 0;
  for (let n = 0; n < count; n += TOGETHER) {
    let a = (base + offset[n]) | 0;
    let b = (base + offset[n + 1]) | 0;
    const weightA = weight[n];
    const weightB = weight[n + 1];
    if (count - n <= 2) {
      for (let o = start; o < end; o = (o + LANES) | 0) {
        images[o] += weightA * values[a] + weightB * values[b];
        a = (a + 1) | 0;
        b = (b + 1) | 0;
      }
      return;
    }
    let c = (base + offset[n + 2]) | 0;
    let d = (base + offset[n + 3]) | 0;
    const weightC = weight[n + 2];
    const weightD = weight[n + 3];
    for (let o = start; o < end; o = (o + LANES) | 0) {
      const ab = weightA * values[a] + weightB * values[b];
      images[o] += ab + (weightC * values[c] + weightD * values[d]);
      a = (a + 1) | 0;
      b = (b + 1) | 0;
      c = (c + 1) | 0;
      d = (d + 1) | 0;
    }
  }
}

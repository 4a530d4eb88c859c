import type { Scratch, SparseMapping } from '@wtilde/numerics';
import { columnsOfMapping } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { addTransposeInPlace } from '../linalg/symmetric.js';
import type { CurvatureOperator } from './curvatureOperator.js';

/** Rows of F made at a time, as the compiled code has it. */
const LANES = 8;

/** T by columns in the memory, entries by rising image row. */
export interface PlacedColumns {
  readonly pixels: number;
  /** Entries of T. */
  readonly entries: number;
  /** Room for the fullest column. */
  readonly most: number;
  readonly columnStart: number;
  readonly entryRow: number;
  readonly entryColumn: number;
  readonly places: number;
  readonly weights: number;
}

export function placeColumns(
  arena: Arena,
  { image }: CurvatureOperator,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  scratch?: Scratch,
): PlacedColumns {
  const { byRow, pixelRow, pixelColumn, position } = image;
  const { starts, rows, values } = columnsOfMapping(byRow.length, pixels, pixIndexes, pixWeights, byRow, scratch);
  const ofEntries = (ofPixels: Int32Array) =>
    arena.written(rows.length, (to) => {
      for (let entry = 0; entry < to.length; entry++) to[entry] = ofPixels[rows[entry]];
    });
  let most = 0;
  for (let s = 0; s < pixels; s++) most = Math.max(most, starts[s + 1] - starts[s]);
  return {
    pixels,
    entries: rows.length,
    most: most + (most % 2),
    columnStart: arena.putI32(starts),
    entryRow: ofEntries(pixelRow),
    entryColumn: ofEntries(pixelColumn),
    places: ofEntries(position),
    weights: arena.putF64(values),
  };
}

/**
 * F = T^t W T from W by displacement and a sparse T, by contiguous convolution.
 *
 * W is split into L + L^t, where L_ij holds the pairs with pixel i in a row below that of j, and half of the pairs in
 * one row. Then F = G + G^t with G = T^t L T, at half the cost. Column s of L T is the sum, over the non-zeros (j, t)
 * of column s and the rows from j's downwards, of t times a contiguous slice of the table: M^2 B / 2 products without
 * a gather. G then gathers S M B products.
 *
 * @param out where (S, S) is to stand; symmetric to the last bit
 */
export function curvatureByConvolution(
  engine: Engine,
  operator: CurvatureOperator,
  columns: PlacedColumns,
  out: number,
): void {
  const { pixels, entries, most, columnStart, entryRow, entryColumn, places, weights } = columns;
  const { image, packed, table, low, width, start } = operator;
  engine.scoped((arena) => {
    const mapping = [columnStart, entryRow, entryColumn, places, weights, pixels];
    const w = [table, operator.columns, image.rows, low, width, start, packed, most];
    const scratch = arena.f64(engine.threads * 2 * (LANES * packed + most));
    const work = entries * (packed + 2 * pixels);
    engine.each('curvatureConvolution', Math.ceil(pixels / LANES), work, ...mapping, ...w, out, scratch);
  });
  addTransposeInPlace(engine, out, pixels);
}

/** W - U U^t in the place of W: what F and the products of W T lose, with X = T^t U (S, Q). */
import type { NdArray } from '@wtilde/core-types';
import { rowTimes } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { packColumns, packRows } from '../linalg/matmul.js';
import type { PlacedColumns } from './curvatureConvolution.js';
import type { CurvatureOperator } from './curvatureOperator.js';
import { groupLength, type ProductOperands, type WholeOperator } from './mappedColumns.js';

/** Columns of a group, as the compiled code has them. */
const LANES = 8;

/** U in the memory. */
export interface LostColumns {
  readonly total: number;
  /** U (packed, Q), a row for every place in a packed image. */
  readonly rows: number;
}

/** U for every mapping. */
export function lostColumnsOf(
  engine: Engine,
  arena: Arena,
  { image, packed }: CurvatureOperator,
  { data, shape: [, total] }: NdArray<'real'>,
): LostColumns {
  const rows = arena.zeros(packed * total);
  const view = engine.heap.f64(rows, packed * total);
  for (let i = 0; i < image.position.length; i++) {
    view.set(data.subarray(i * total, (i + 1) * total), image.position[i] * total);
  }
  return { total, rows };
}

/** Groups of -U as packed images with eight numbers of an image pixel side by side, as W T has them. */
export function wovenColumnsOf(
  engine: Engine,
  arena: Arena,
  operator: CurvatureOperator,
  { data, shape: [, total] }: NdArray<'real'>,
): number {
  const length = groupLength(operator);
  const { position } = operator.image;
  const groups = Math.ceil(total / LANES);
  const woven = arena.zeros(groups * length);
  const view = engine.heap.f64(woven, groups * length);
  for (let i = 0; i < position.length; i++) {
    for (let q = 0; q < total; q++) {
      view[Math.floor(q / LANES) * length + LANES * position[i] + (q % LANES)] = -data[i * total + q];
    }
  }
  return woven;
}

/** Where X (S, Q) stands. 2 nnz Q operations. */
export function mappedLost(
  engine: Engine,
  arena: Arena,
  { rows, total }: LostColumns,
  { pixels, entries, columnStart, places, weights }: PlacedColumns,
): number {
  const X = arena.f64(pixels * total);
  const offsets = arena.written(entries, (to) => {
    const from = engine.heap.i32(places, entries);
    for (let entry = 0; entry < entries; entry++) to[entry] = from[entry] * total;
  });
  const items = Math.ceil(pixels / LANES);
  engine.each('transposeMatmul', items, 2 * entries * total, columnStart, offsets, weights, pixels, rows, total, X);
  return X;
}

/** F -= X X^t in the lower triangle; what stands above it is left as it is. S^2 Q operations. */
export function subtractSquare(engine: Engine, X: number, order: number, total: number, F: number): void {
  engine.scoped((arena) => {
    const packed = packRows(engine, arena, X, order, total);
    const length = 4 * Math.ceil(order / 4) * total;
    const negated = arena.f64(length);
    const [from, to] = [engine.heap.f64(packed, length), engine.heap.f64(negated, length)];
    for (let at = 0; at < length; at++) to[at] = -from[at];
    const scratch = arena.f64(engine.threads * engine.call('lostScratch'));
    const items = itemsOf(engine, order);
    engine.each('subtractSquare', items, order * order * total, packed, negated, total, order, F, scratch, items);
  });
}

/**
 * Takes U X^t from what W T gave: 2 S^2 Q operations for (F + H)^-1 X, and 2 (nnz + 2 M) Q.
 *
 * @param woven of {@link wovenColumnsOf}
 */
export function loseProducts(
  engine: Engine,
  operator: WholeOperator,
  { X, total, woven }: { readonly X: number; readonly total: number; readonly woven: number },
  { pixels, indexes, perRow, X: inverse, s, q, sums }: ProductOperands,
): void {
  const groups = Math.ceil(total / LANES);
  const imagePixels = operator.image.position.length;
  engine.scoped((arena) => {
    const length = LANES * (pixels + 2);
    const slabs = arena.f64(groups * length);
    const packed = packColumns(engine, arena, X, pixels, total);
    const scratch = arena.f64(engine.threads * engine.call('lostScratch'));
    const operands = [inverse, pixels, packed, total, slabs, scratch];
    engine.each('symmetricTimes', itemsOf(engine, pixels), 2 * pixels * pixels * total, ...operands);
    const view = engine.heap.f64(slabs, groups * length);
    const columns = engine.heap.f64(X, pixels * total);
    for (const [at, vector] of [s, q].entries()) {
      const products = rowTimes(engine.heap.f64(vector, pixels), columns, total);
      for (let group = 0; group < groups; group++) {
        const row = group * length + LANES * (pixels + at);
        view.fill(0, row, row + LANES).set(products.subarray(LANES * group, LANES * (group + 1)), row);
      }
    }
    const items = Math.ceil(imagePixels / engine.call('mappedProductsPixels'));
    const work = 16 * groups * imagePixels * (perRow + 2);
    const images = [groups, woven, operator.packed, slabs, pixels];
    engine.each('mappedProducts', items, work, ...images, operator.position, indexes, perRow, imagePixels, sums);
  });
}

function itemsOf(engine: Engine, order: number): number {
  return Math.ceil(Math.ceil(order / 4) / engine.call('lostGroup'));
}

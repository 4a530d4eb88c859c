import { wholeDisplacementTable } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import type { PlacedColumns } from './curvatureConvolution.js';
import type { CurvatureOperator } from './curvatureOperator.js';

/** Columns of W T made at a time, as the compiled code has it. */
const LANES = 8;
/** Numbers that compiled code may read beside a table. */
const SPARE = 16;

/** W by displacement in both directions, in the memory. */
export interface WholeOperator extends CurvatureOperator {
  readonly whole: number;
  /** (M) int32, the place of every image pixel in a packed image. */
  readonly position: number;
}

export function wholeOperator(
  engine: Engine,
  arena: Arena,
  operator: CurvatureOperator,
  table: Float64Array,
): WholeOperator {
  const { image, columns } = operator;
  const values = wholeDisplacementTable({ rows: image.rows, columns, values: table });
  const whole = arena.zeros(values.length + 2 * SPARE) + 8 * SPARE;
  engine.heap.f64(whole, values.length).set(values);
  return { ...operator, whole, position: arena.putI32(image.position) };
}

/** Groups of eight columns that W T has. */
export function groupsOf(pixels: number): number {
  return Math.ceil(pixels / LANES);
}

/** Numbers of a group. */
export function groupLength({ packed }: CurvatureOperator): number {
  return LANES * packed;
}

/**
 * Some groups of columns of W T, as packed images with eight numbers of an image pixel side by side; and F from them where
 * it is wanted: 2 M nnz operations, and 2 S nnz.
 *
 * @param out where they are to stand
 * @param curvature where F (S, S) is to stand, 0 for none; its rows of these groups are written
 */
export function mappedColumns(
  engine: Engine,
  operator: WholeOperator,
  mapping: PlacedColumns,
  groups: { readonly first: number; readonly count: number },
  out: number,
  curvature = 0,
): void {
  const { pixels, entries, most, columnStart, entryRow, entryColumn, places, weights } = mapping;
  const { image, packed, whole, columns, low, width, start } = operator;
  engine.scoped((arena) => {
    const scratch = arena.f64(engine.threads * (LANES * packed + most));
    const T = [columnStart, entryRow, entryColumn, places, weights, pixels];
    const W = [whole, columns, image.rows, low, width, start, packed, most];
    const work = (2 * entries * packed * groups.count) / groupsOf(pixels);
    engine.each('mappedColumns', groups.count, work, groups.first, ...T, ...W, out, curvature, scratch);
  });
}

/** What {@link addMappedProducts} takes besides W T. */
export interface ProductOperands {
  readonly pixels: number;
  /** (M, B) int32 in the memory. */
  readonly indexes: number;
  readonly perRow: number;
  /** X (S, S), s (S) and q (S) in the memory. */
  readonly X: number;
  readonly s: number;
  readonly q: number;
  /** (M, B + 2) pairs of numbers, to be added up. */
  readonly sums: number;
}

/** Adds what some groups of W T give to W T X on the entries of T, W T s and W T q. */
export function addMappedProducts(
  engine: Engine,
  operator: WholeOperator,
  { pixels, indexes, perRow, X, s, q, sums }: ProductOperands,
  groups: { readonly first: number; readonly count: number },
  woven: number,
): void {
  const imagePixels = operator.image.position.length;
  engine.scoped((arena) => {
    const slabs = arena.f64(groups.count * LANES * (pixels + 2));
    engine.each('packSlab', groups.count, LANES * groups.count * pixels, groups.first, X, s, q, pixels, slabs);
    const items = Math.ceil(imagePixels / engine.call('mappedProductsPixels'));
    const work = 16 * groups.count * imagePixels * (perRow + 2);
    const images = [groups.count, woven, operator.packed, slabs, pixels];
    engine.each('mappedProducts', items, work, ...images, operator.position, indexes, perRow, imagePixels, sums);
  });
}

/** F where gains have been averaged over: T^t (W - U U^t) T. */
import { type AbortSignalLike, type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { PreparedDataset } from '../inversion/prepare.js';
import type { MappingArgs } from '../mapper/mappingArguments.js';

export interface HowToCall {
  readonly signal?: AbortSignalLike | undefined;
}

/** F (S, S) of a dataset and a mapping. */
export async function curvatureMatrixOf(
  dispatcher: Dispatcher,
  { sums: { wCompact, nativeIndexForSlimIndex }, gains }: PreparedDataset,
  mapping: MappingArgs,
  how: HowToCall = {},
): Promise<NdArray<'real'>> {
  const F = await dispatcher.curvatureMatrixViaWCompactSparseMappingMatrixFrom(
    { wCompact, nativeIndexForSlimIndex, ...mapping },
    how,
  );
  if (gains === undefined) return F;
  return less(F, await squareOf(dispatcher, transposed(columnsOf(gains.columns, mapping)), how));
}

/** X = T^t U (S, Q). */
export function columnsOf(
  { data: U, shape: [rows, total] }: NdArray<'real'>,
  { pixels, pixIndexesForSubSlimIndex: { data: indexes, shape }, pixWeightsForSubSlimIndex: weights }: MappingArgs,
): NdArray<'real'> {
  const X = new Float64Array(pixels * total);
  for (let i = 0; i < rows; i++) {
    for (let at = i * shape[1]; at < (i + 1) * shape[1] && indexes[at] >= 0; at++) {
      const weight = weights.data[at];
      for (let q = 0, to = indexes[at] * total, from = i * total; q < total; q++) X[to + q] += weight * U[from + q];
    }
  }
  return real(X, [pixels, total]);
}

/** A^t A of a matrix (Q, S): the product that a curvature matrix is, with W = 1. */
export async function squareOf(
  dispatcher: Dispatcher,
  mappingMatrix: NdArray<'real'>,
  how: HowToCall = {},
): Promise<NdArray<'real'>> {
  const order = mappingMatrix.shape[0];
  const one = new Float64Array(order * order);
  for (let i = 0; i < order; i++) one[i * order + i] = 1;
  return await dispatcher.curvatureMatrixViaWTildeFrom({ wTilde: real(one, [order, order]), mappingMatrix }, how);
}

export function transposed({ data, shape: [rows, columns] }: NdArray<'real'>): NdArray<'real'> {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return real(turned, [columns, rows]);
}

/** a - b in the place of a, which nobody else has. */
export function less(a: NdArray<'real'>, b: NdArray<'real'>): NdArray<'real'> {
  for (let at = 0; at < a.data.length; at++) a.data[at] -= b.data[at];
  return a;
}

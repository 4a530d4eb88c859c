/** F where gains have been averaged over, T^t (W - U U^t) T, and D. */
import { type AbortSignalLike, type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { mappedColumnsOf, sparseMappingOf } from '@wtilde/numerics';
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
  const lost = await squareOf(dispatcher, transposed(columnsOf(gains.columns, mapping)), how);
  // Nobody else has F.
  for (let at = 0; at < F.data.length; at++) F.data[at] -= lost.data[at];
  return F;
}

/** D (S). */
export async function dataVectorOf(
  dispatcher: Dispatcher,
  { data }: NdArray<'real'>,
  mapping: MappingArgs,
  how: HowToCall = {},
): Promise<NdArray<'real'>> {
  const matrix = real(data, [data.length, 1]);
  return real((await dispatcher.sparseMappingMatrixTransposeMatmul({ matrix, ...mapping }, how)).data);
}

/** X = T^t U (S, Q). */
export function columnsOf(columns: NdArray<'real'>, mapping: MappingArgs): NdArray<'real'> {
  return real(mappedColumnsOf(columns, sparseMappingOf(mapping)), [mapping.pixels, columns.shape[1]]);
}

/** A^t A of a matrix (Q, S): the product that a curvature matrix is, with W = 1. */
async function squareOf(
  dispatcher: Dispatcher,
  mappingMatrix: NdArray<'real'>,
  how: HowToCall,
): Promise<NdArray<'real'>> {
  const order = mappingMatrix.shape[0];
  const one = new Float64Array(order * order);
  for (let i = 0; i < order; i++) one[i * order + i] = 1;
  return await dispatcher.curvatureMatrixViaWTildeFrom({ wTilde: real(one, [order, order]), mappingMatrix }, how);
}

function transposed({ data, shape: [rows, columns] }: NdArray<'real'>): NdArray<'real'> {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return real(turned, [columns, rows]);
}

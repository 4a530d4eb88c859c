import { index, isHandle, mappingNames, type NdArray, real } from '@wtilde/core-types';
import { columnsOfMapping, columnsOfDense as columnsOfMatrix, type SparseColumns } from '@wtilde/numerics';
import type { Lease } from '../device/bufferPool.js';
import { type Argument, hostArray } from '../device/hostArray.js';
import type { Keep } from '../device/kept.js';
import type { Scope } from '../device/scope.js';

/** A sparse mapping as the kernels receive it. */
export interface MappingArgs {
  readonly pixIndexesForSubSlimIndex: Argument<'index'>;
  readonly pixWeightsForSubSlimIndex: Argument<'real'>;
  readonly pixels: number;
}

/** T by columns: entries starts[s] to starts[s + 1] - 1 are those of source pixel s, in the order of their rows. */
export interface MappingColumns {
  /** (S + 1) */
  readonly starts: Argument<'index'>;
  /** Of every entry. */
  readonly rows: Argument<'index'>;
  readonly weights: Argument<'real'>;
}

/** Sorts the entries of T by source pixel, on the host: a gather needs no atomics and always sums in the same order. */
export async function mappingColumns(args: MappingArgs): Promise<MappingColumns> {
  const indexes = await hostArray(args.pixIndexesForSubSlimIndex);
  const weights = await hostArray(args.pixWeightsForSubSlimIndex);
  return mapped(indexes, weights, args.pixels);
}

/** The columns of a dense T (M, S): its numbers that are not zero. */
export function columnsOfDense(matrix: Float64Array, pixels: number): MappingColumns {
  return asArrays(columnsOfMatrix(matrix.length / pixels, pixels, matrix));
}

/**
 * The columns on the device to stay, where the caller has bound the mapping; undefined where it has not, or where the
 * mapping has to be fetched from a device first.
 */
export function keepColumns(keep: Keep, args: MappingArgs, fixed: ReadonlySet<string>): MappingColumns | undefined {
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights, pixels } = args;
  if (!mappingNames.every((name) => fixed.has(name)) || isHandle(indexes) || isHandle(weights)) return undefined;
  const columns = mapped(indexes, weights, pixels);
  return {
    starts: keep('starts', columns.starts),
    rows: keep('rows', columns.rows),
    weights: keep('weights', columns.weights),
  };
}

/** The columns as buffers of a scope. */
export interface ColumnBuffers {
  /** Under the names that programs have for them. */
  readonly buffers: { readonly starts: Lease; readonly rows: Lease; readonly weights: Lease };
  /** Of the weights. */
  readonly exponent: number;
}

export function columnBuffers(scope: Scope, columns: MappingColumns): ColumnBuffers {
  const starts = scope.argument('starts', columns.starts);
  const rows = scope.argument('rows', columns.rows);
  const weights = scope.argument('weights', columns.weights);
  const buffers = { starts: scope.borrow(starts), rows: scope.borrow(rows), weights: scope.borrow(weights) };
  return { buffers, exponent: weights.exponent };
}

function mapped({ data, shape }: NdArray<'index'>, weights: NdArray<'real'>, pixels: number) {
  return asArrays(columnsOfMapping(shape[0], pixels, data, weights.data));
}

function asArrays({ starts, rows, values }: SparseColumns) {
  return { starts: index(starts), rows: index(rows), weights: real(values) };
}

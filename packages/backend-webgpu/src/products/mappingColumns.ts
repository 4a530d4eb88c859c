import { type Handle, index, isHandle, type NdArray, real } from '@wtilde/core-types';
import { hostArray } from '../device/hostArray.js';
import type { Keep } from '../device/kept.js';

/** A sparse mapping as the kernels receive it. */
export interface MappingArgs {
  readonly pixIndexesForSubSlimIndex: NdArray<'index'> | Handle<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'> | Handle<'real'>;
  readonly pixels: number;
}

/** The arguments of a sparse mapping. */
export const mappingNames = ['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels'] as const;

/** T by columns: entries starts[s] to starts[s + 1] - 1 are those of source pixel s, in the order of their rows. */
export interface MappingColumns {
  /** (S + 1) */
  readonly starts: NdArray<'index'> | Handle<'index'>;
  /** Of every entry. */
  readonly rows: NdArray<'index'> | Handle<'index'>;
  readonly weights: NdArray<'real'> | Handle<'real'>;
}

/** Sorts the entries of T by source pixel, on the host: a gather needs no atomics and always sums in the same order. */
export async function mappingColumns(args: MappingArgs): Promise<MappingColumns> {
  const indexes = await hostArray(args.pixIndexesForSubSlimIndex);
  const weights = await hostArray(args.pixWeightsForSubSlimIndex);
  return sortColumns(indexes, weights, args.pixels);
}

/** The columns on the device to stay; undefined where the mapping has to be fetched from there first. */
export function keepColumns(keep: Keep, args: MappingArgs): MappingColumns | undefined {
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights, pixels } = args;
  if (isHandle(indexes) || isHandle(weights)) return undefined;
  const columns = sortColumns(indexes, weights, pixels);
  return {
    starts: keep('starts', columns.starts),
    rows: keep('rows', columns.rows),
    weights: keep('weights', columns.weights),
  };
}

function sortColumns(indexes: NdArray<'index'>, weights: NdArray<'real'>, pixels: number) {
  const starts = new Int32Array(pixels + 1);
  for (const pixel of indexes.data) if (pixel >= 0) starts[pixel + 1] += 1;
  for (let s = 0; s < pixels; s++) starts[s + 1] += starts[s];
  const next = starts.slice();
  const rows = new Int32Array(starts[pixels]);
  const sorted = new Float64Array(rows.length);
  const width = indexes.shape[1];
  for (let at = 0; at < indexes.data.length; at++) {
    const pixel = indexes.data[at];
    if (pixel < 0) continue;
    const entry = next[pixel]++;
    rows[entry] = Math.floor(at / width);
    sorted[entry] = weights.data[at];
  }
  return { starts: index(starts), rows: index(rows), weights: real(sorted) };
}

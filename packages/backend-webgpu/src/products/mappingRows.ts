import { index, type KernelDeviceRunArgs, type NdArray, real } from '@wtilde/core-types';
import { hostArray } from '../device/hostArray.js';

/** T by rows: entries starts[m] to starts[m + 1] - 1 are those of image pixel m, in the order of its sub-pixels. */
interface MappingRows {
  /** (M + 1) */
  readonly starts: NdArray<'index'>;
  /** The source pixel of every entry. */
  readonly columns: NdArray<'index'>;
  /** Times the fraction of a sub-pixel. */
  readonly weights: NdArray<'real'>;
}

/** Sorts the entries of a mapping of sub-pixels by image pixel, on the host. */
export async function mappingRows(args: KernelDeviceRunArgs<'mappingMatrixFrom'>, M: number): Promise<MappingRows> {
  const indexes = await hostArray(args.pixIndexesForSubSlimIndex);
  const weights = (await hostArray(args.pixWeightsForSubSlimIndex)).data;
  const [sizes, slim, fractions] = [
    args.pixSizeForSubSlimIndex && (await hostArray(args.pixSizeForSubSlimIndex)).data,
    args.slimIndexForSubSlimIndex && (await hostArray(args.slimIndexForSubSlimIndex)).data,
    args.subFraction && (await hostArray(args.subFraction)).data,
  ];
  const [subPixels, width] = indexes.shape;
  const used = (subPixel: number) => {
    if (sizes !== undefined) return sizes[subPixel];
    const row = indexes.data.subarray(subPixel * width, (subPixel + 1) * width);
    const end = row.indexOf(-1);
    return end < 0 ? width : end;
  };
  const starts = new Int32Array(M + 1);
  for (let i = 0; i < subPixels; i++) starts[(slim?.[i] ?? i) + 1] += used(i);
  for (let m = 0; m < M; m++) starts[m + 1] += starts[m];
  const next = starts.slice();
  const columns = new Int32Array(starts[M]);
  const sorted = new Float64Array(starts[M]);
  for (let i = 0; i < subPixels; i++) {
    const row = slim?.[i] ?? i;
    for (let at = i * width, end = at + used(i); at < end; at++) {
      const entry = next[row]++;
      columns[entry] = indexes.data[at];
      sorted[entry] = (fractions?.[row] ?? 1) * weights[at];
    }
  }
  return { starts: index(starts), columns: index(columns), weights: real(sorted) };
}

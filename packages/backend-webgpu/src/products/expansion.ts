import { type Handle, type NdArray, type RunContext, real, throwIfAborted } from '@wtilde/core-types';
import { fromFloats } from '@wtilde/numerics';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import type { Argument } from '../device/hostArray.js';
import { linearGroups, step } from '../device/program.js';
import { expandPrograms } from '../programs/expand.js';

/** Bytes of W that are made at a time on their way to the host. */
const atOnce = 2 ** 26;

/** W (M, M) from a table of displacements: as a whole where it stays on the device, by blocks of rows to the host. */
export async function expansion(
  device: Device,
  kernel: string,
  { sizes: { M }, options }: RunContext,
  lookup: keyof typeof expandPrograms,
  table: Argument<'real'>,
  nativeIndexForSlimIndex: Argument<'index'>,
): Promise<NdArray<'real'> | Handle<'real'>> {
  return await device.scoped(kernel, async (scope) => {
    const values = scope.argument('table', table);
    const native = scope.argument('nativeIndexForSlimIndex', nativeIndexForSlimIndex);
    const inputs = { table: scope.borrow(values), native: scope.borrow(native) };
    const [tableRows, tableColumns] = values.shape;
    const expanded = (first: number, rows: number, out: Lease) =>
      step(
        expandPrograms[lookup],
        { first, rows, pixels: M, tableRows, tableColumns },
        { ...inputs, out },
        linearGroups(rows * M),
      );
    if (options.keep === 'device') {
      const whole = scope.result('real', [M, M], values.exponent);
      await scope.submit('expansion', [expanded(0, M, scope.borrow(whole))]);
      return await scope.finish(whole, options);
    }
    const W = new Float64Array(M * M);
    const block = Math.min(Math.max(Math.floor(atOnce / 4 / Math.max(M, 1)), 1), M);
    const rows = scope.scratch('rows', block * M);
    for (let first = 0; first < M; first += block) {
      const count = Math.min(block, M - first);
      await scope.submit('expansion', [expanded(first, count, rows)]);
      W.set(fromFloats(new Float32Array(await scope.read(rows, count * M)), values.exponent), first * M);
      options.onProgress?.(first + count, M);
      throwIfAborted(options.signal, kernel);
    }
    return real(W, [M, M]);
  });
}

/** True, or why W does not fit: as a whole on the device, or as float64 numbers in one array of the host. */
export function expansionFits(
  device: Device,
  M: number,
  table: number,
  keep: 'host' | 'device' | undefined,
): true | string {
  if (keep === 'device') return fits(device, { table, W: M * M });
  return fits(device, { table, 'a row of W': M });
}

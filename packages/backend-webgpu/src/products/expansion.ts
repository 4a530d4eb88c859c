import { type Handle, type NdArray, type RunContext, real, throwIfAborted } from '@wtilde/core-types';
import { fromFloats } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import type { Argument } from '../device/hostArray.js';
import { linearGroups } from '../device/program.js';
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
    const inputs = [scope.borrow(values), scope.borrow(native)];
    const step = (first: number, rows: number, out: (typeof inputs)[number]) => ({
      program: expandPrograms[lookup],
      params: [first, rows, M, ...values.shape],
      buffers: [...inputs, out],
      groups: linearGroups(rows * M),
    });
    if (options.keep === 'device') {
      const whole = scope.result('real', [M, M], values.exponent);
      await scope.submit('expansion', [step(0, M, scope.borrow(whole))]);
      return await scope.finish(whole, options);
    }
    const W = new Float64Array(M * M);
    const block = Math.min(Math.max(Math.floor(atOnce / 4 / Math.max(M, 1)), 1), M);
    const rows = scope.scratch('rows', block * M);
    for (let first = 0; first < M; first += block) {
      const count = Math.min(block, M - first);
      await scope.submit('expansion', [step(first, count, rows)]);
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

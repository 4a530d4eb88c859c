import { type Handle, type NdArray, type RunContext, throwIfAborted } from '@wtilde/core-types';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import { fits } from '../device/fits.js';
import type { Step } from '../device/program.js';
import type { Scope } from '../device/scope.js';

/** P = T^t W, some rows at a time. */
export interface LeftProduct {
  /** P is what the programs compute times 2^exponent. */
  readonly exponent: number;
  /** Rows at a time are a multiple of this. */
  readonly pace?: number;
  /** Words that a row needs besides its M of P. */
  readonly wordsPerRow?: number;
  /** Rows first to first + count - 1 of P into `P` (count, M). */
  left(first: number, count: number, P: Lease): readonly Step[];
}

/** F = P T, of which `exponent` is. */
export interface CurvatureProduct extends LeftProduct {
  /** The same rows of F into `F` (S, S). */
  right(first: number, count: number, P: Lease, F: Lease): Step;
}

/** Bytes that rows of P, and what comes with them, may take. */
const rowMemory = 2 ** 28;

/** Runs the product, between whose parts the work can be aborted. */
export async function curvature(
  scope: Scope,
  kernel: string,
  context: RunContext,
  product: CurvatureProduct,
): Promise<NdArray<'real'> | Handle<'real'>> {
  const { S } = context.sizes;
  const result = scope.result('real', [S, S], product.exponent);
  const F = scope.borrow(result);
  await inBlocks(scope, kernel, context, product, (first, count, P) => [product.right(first, count, P, F)]);
  return await scope.finish(result, context.options);
}

/** Makes P by blocks of rows, each followed by what is to be done with it. */
export async function inBlocks(
  scope: Scope,
  kernel: string,
  { sizes: { M, S }, options }: RunContext,
  { pace = 1, wordsPerRow = 0, left }: LeftProduct,
  then: (first: number, count: number, P: Lease) => readonly Step[],
): Promise<void> {
  const atOnce = Math.min(rowsAtOnce(scope.device, M + wordsPerRow, pace), S);
  const P = scope.scratch('P', atOnce * M);
  for (let first = 0; first < S; first += atOnce) {
    const count = Math.min(atOnce, S - first);
    await scope.submit('product', [...left(first, count, P), ...then(first, count, P)]);
    options.onProgress?.(first + count, S);
    throwIfAborted(options.signal, kernel);
  }
}

/** True, or why F (S, S) and the smallest part of P do not fit the device beside these arrays. */
export function curvatureFits(
  device: Device,
  { M, S }: RunContext['sizes'],
  words: Readonly<Record<string, number>>,
): true | string {
  return fits(device, { ...words, F: S * S, 'a row of P': M });
}

function rowsAtOnce({ gpu, pool }: Pick<Device, 'gpu' | 'pool'>, words: number, pace: number): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.limits;
  const memory = Math.min(rowMemory, pool.budget / 4, maxStorageBufferBindingSize, maxBufferSize);
  return Math.max(Math.floor(memory / (4 * Math.max(words, 1)) / pace), 1) * pace;
}

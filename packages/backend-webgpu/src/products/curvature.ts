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

/** What follows each block of rows of P, and then. */
export interface Blockwise<R> {
  each(first: number, count: number, P: Lease): readonly Step[];
  finish(): Promise<R>;
}

/** F, of which every block of P gives as many rows. */
export function curvature(
  scope: Scope,
  { sizes: { S }, options }: RunContext,
  { exponent, right }: CurvatureProduct,
): Blockwise<NdArray<'real'> | Handle<'real'>> {
  const result = scope.result('real', [S, S], exponent);
  const F = scope.borrow(result);
  return {
    each: (first, count, P) => [right(first, count, P, F)],
    finish: () => scope.finish(result, options),
  };
}

/** Makes P by blocks of rows, each followed by what is to be done with it. Between blocks the work can be aborted. */
export async function inBlocks<R>(
  scope: Scope,
  kernel: string,
  { sizes, options }: RunContext,
  left: LeftProduct,
  { each, finish }: Blockwise<R>,
): Promise<R> {
  for (const { end, steps } of blocksOf(scope, sizes, left, each, (words) => scope.scratch('P', words))) {
    await scope.submit('product', steps);
    options.onProgress?.(end, sizes.S);
    throwIfAborted(options.signal, kernel);
  }
  return await finish();
}

interface Block {
  /** The row behind it. */
  readonly end: number;
  readonly count: number;
  readonly steps: readonly Step[];
}

/** The steps of each block of rows. */
export function* blocksOf(
  scope: Scope,
  { M, S }: RunContext['sizes'],
  { pace = 1, wordsPerRow = 0, left }: LeftProduct,
  each: Blockwise<unknown>['each'],
  memory: (words: number) => Lease,
): Generator<Block> {
  const atOnce = Math.min(rowsAtOnce(scope.device, M + wordsPerRow, pace), S);
  const P = memory(atOnce * M);
  for (let first = 0; first < S; first += atOnce) {
    const count = Math.min(atOnce, S - first);
    yield { end: first + count, count, steps: [...left(first, count, P), ...each(first, count, P)] };
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

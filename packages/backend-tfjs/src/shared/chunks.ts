import { type RunContext, throwIfAborted } from '@wtilde/core-types';
import { fromFloats } from '@wtilde/numerics';

/** Runs through `count` things, some at a time; between chunks it can be stopped and tells how far it is. */
export async function inChunks(
  count: number,
  size: number,
  { options }: RunContext,
  each: (from: number, to: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < count; from += size) {
    throwIfAborted(options.signal, 'tfjs');
    const to = Math.min(count, from + size);
    await each(from, to);
    options.onProgress?.(to, count);
  }
}

/** sum += part 2^exponent, in float64. */
export function addTo(sum: Float64Array, part: Float32Array, exponent: number): void {
  const values = fromFloats(part, exponent);
  for (let at = 0; at < sum.length; at++) sum[at] += values[at];
}

import { type VisibilityChunk, withoutFlagged } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import type { GainSums } from '../gains/gainSums.js';
import type { Sampler } from './accuracy.js';
import { bare, checkChunk } from './checkChunk.js';

/**
 * The chunks as they are summed, seen by those who look at them beside that.
 *
 * @param first visibilities before them
 */
export async function* sampled(
  chunks: AsyncIterable<Visibilities> | Iterable<Visibilities>,
  {
    sampler,
    gains,
    first = 0,
  }: {
    readonly sampler?: Sampler | undefined;
    readonly gains?: GainSums | undefined;
    readonly first?: number | undefined;
  },
): AsyncGenerator<VisibilityChunk> {
  let seen = first;
  for await (const chunk of chunks) {
    if (sampler === undefined && gains === undefined) {
      yield chunk;
      continue;
    }
    checkChunk(chunk, seen);
    const taken = gains === undefined ? chunk : await gains.take(chunk, seen);
    seen += chunk.data.shape[0];
    if (sampler !== undefined) await sampler.add(withoutFlagged(bare(taken)).chunk);
    yield taken;
  }
}

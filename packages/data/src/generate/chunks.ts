import { throwIfAborted } from '@wtilde/core-types';
import { optionsOf, shown } from '../bytes/fileErrors.js';
import type { Visibilities } from '../fits/triple.js';
import { almaKind, smaKind } from './kinds.js';
import { observe } from './observe.js';
import { lensedScene } from './scene.js';
import { badOption, generatorSizes } from './sizes.js';

/** Options of {@link visibilityChunks}. */
export interface VisibilityChunkOptions {
  /** All visibilities together. */
  readonly K: number;
  /** Visibilities per chunk (the last may have fewer). Default 65536. */
  readonly chunkSize?: number;
  /** Whose array observes. Default `alma`. */
  readonly array?: 'sma' | 'alma';
  /** Pixels across the image that is observed; the time taken grows with its square. Default 30. */
  readonly N?: number;
  readonly seed?: number;
  /** Checked before every chunk. */
  readonly signal?: AbortSignal;
}

/** Some consecutive visibilities of many. */
export interface NumberedChunk extends Visibilities {
  /** The index of the first of them among all K. */
  readonly first: number;
}

/**
 * The visibilities of {@link smaLike} or {@link almaLike} for the same K, N and seed, chunk by
 * chunk: memory is that of one chunk, whatever K is.
 *
 * @throws InvalidOption where a size is not a positive integer or the array is not known; Aborted
 *   when the signal is.
 */
export async function* visibilityChunks(
  options: VisibilityChunkOptions,
): AsyncGenerator<NumberedChunk, void, undefined> {
  const { array = 'alma', chunkSize = 65536, signal, ...sizes } = optionsOf(options, 'visibilityChunks');
  const kinds = new Map([
    ['sma', smaKind],
    ['alma', almaKind],
  ]);
  const kind = kinds.get(array);
  if (kind === undefined) {
    throw badOption('array', 'the array is not known', 'sma or alma', shown(array));
  }
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1) {
    throw badOption('chunkSize', 'this is no size', 'a positive integer', shown(chunkSize));
  }
  const { N, K, seed } = generatorSizes(sizes, { ...kind.defaults, N: 30 });
  const stream = observe(kind, lensedScene(kind, N), K, seed);
  for (let first = 0; first < K; first += chunkSize) {
    throwIfAborted(signal, 'visibilityChunks');
    yield { first, ...stream.next(Math.min(chunkSize, K - first)) };
  }
}

import { type RunContext, throwIfAborted } from '@wtilde/core-types';

/** Chunks in flight: the device works on one while the host prepares the next. */
const lookahead = 2;

/**
 * Does work in chunks of a count, a few at a time, and hands over the results in order. Between chunks it reports
 * progress and stops when aborted; then, and when a chunk fails, it waits for those in flight.
 */
export async function inChunks<T>(
  kernel: string,
  { options }: RunContext,
  total: number,
  chunk: number,
  work: (first: number, count: number) => Promise<T>,
  take: (result: T) => void,
): Promise<void> {
  const flying: Promise<T>[] = [];
  let done = 0;
  const land = async () => {
    const result = flying[0];
    take(await result);
    flying.shift();
    done = Math.min(done + chunk, total);
    options.onProgress?.(done, total);
    throwIfAborted(options.signal, kernel);
  };
  try {
    for (let first = 0; first < total; first += chunk) {
      const next = work(first, Math.min(chunk, total - first));
      // Awaited in its turn, which may come after it has failed.
      next.catch(() => undefined);
      flying.push(next);
      if (flying.length === lookahead) await land();
    }
    while (flying.length > 0) await land();
  } finally {
    await Promise.allSettled(flying);
  }
}

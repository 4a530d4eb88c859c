const PAGES = 16;
/** 4 GiB where the platform lets us, less on small devices. */
const MOST_PAGES = [65536, 32768, 16384, 4096];

/** A memory and the pages of 64 kB to which it may grow. */
export interface LimitedMemory {
  readonly memory: WebAssembly.Memory;
  readonly mostPages: number;
}

/** The memory with the highest limit that is granted; undefined where there is none. */
export function createMemory(shared: boolean, limits: readonly number[] = MOST_PAGES): LimitedMemory | undefined {
  for (const mostPages of limits) {
    try {
      return { memory: new WebAssembly.Memory({ initial: PAGES, maximum: mostPages, shared }), mostPages };
    } catch {
      // Less may be granted.
    }
  }
  return undefined;
}

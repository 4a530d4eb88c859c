/** Blocks of an address space: what is free between the used ones, lowest address first. */
interface Gap {
  start: number;
  end: number;
}

/** Every block starts at a cache line. */
const LINE = 64;

/**
 * Hands out blocks of a memory that can grow: first fit among the gaps, otherwise behind everything used so far.
 * Neighbouring gaps are joined, so that giving everything back leaves no trace.
 */
export class Allocator {
  readonly #gaps: Gap[] = [];
  readonly #sizes = new Map<number, number>();
  readonly #start: number;
  readonly #reach: (end: number) => void;
  #end: number;

  /** @param reach makes the memory reach an address or throws */
  constructor(start: number, reach: (end: number) => void) {
    this.#start = start;
    this.#end = start;
    this.#reach = reach;
  }

  /** Bytes handed out. */
  get used(): number {
    return this.#end - this.#start - this.#gaps.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  allocate(bytes: number): number {
    const size = LINE * Math.max(1, Math.ceil(bytes / LINE));
    const at = this.#gaps.findIndex(({ start, end }) => end - start >= size);
    let pointer = this.#end;
    if (at < 0) {
      this.#reach(pointer + size);
      this.#end += size;
    } else {
      const gap = this.#gaps[at];
      pointer = gap.start;
      gap.start += size;
      if (gap.start === gap.end) this.#gaps.splice(at, 1);
    }
    this.#sizes.set(pointer, size);
    return pointer;
  }

  /** Takes a block back; nothing happens for one that is not handed out. */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) return;
    this.#sizes.delete(pointer);
    const next = this.#gaps.findIndex(({ start }) => start > pointer);
    const at = next < 0 ? this.#gaps.length : next;
    this.#gaps.splice(at, 0, { start: pointer, end: pointer + size });
    this.#join(at);
    if (at > 0) this.#join(at - 1);
    const last = this.#gaps.at(-1);
    if (last?.end === this.#end) {
      this.#end = last.start;
      this.#gaps.pop();
    }
  }

  #join(at: number): void {
    const gap = this.#gaps[at];
    const next = this.#gaps.at(at + 1);
    if (gap.end !== next?.start) return;
    gap.end = next.end;
    this.#gaps.splice(at + 1, 1);
  }
}

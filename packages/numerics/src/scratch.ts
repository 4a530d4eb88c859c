/**
 * Where intermediate arrays live. What stands in them is anything: whoever asks for one fills it.
 *
 * Fresh memory is dear: the first touch of a page costs more than all that is done with it, several times so in a
 * browser. So what runs again and again keeps its memory.
 */
export interface Scratch {
  f64(length: number): Float64Array;
  i32(length: number): Int32Array;
}

/** New memory for everything: for what runs once. */
export const freshMemory: Scratch = {
  f64: (length) => new Float64Array(length),
  i32: (length) => new Int32Array(length),
};

/** The memory of the last run again: the n-th array asked for after `restart` gets the n-th block. */
export class KeptMemory implements Scratch {
  readonly #blocks: ArrayBuffer[] = [];
  #next = 0;

  /** From here on blocks are handed out again: what earlier ones were used for is over. */
  restart(): this {
    this.#next = 0;
    return this;
  }

  f64(length: number): Float64Array {
    return new Float64Array(this.#block(8 * length), 0, length);
  }

  i32(length: number): Int32Array {
    return new Int32Array(this.#block(4 * length), 0, length);
  }

  #block(bytes: number): ArrayBuffer {
    const at = this.#next++;
    const block = this.#blocks[at];
    if (block !== undefined && block.byteLength >= bytes) return block;
    // Some room to grow: mappings of one dataset differ a little in their entries.
    const larger = new ArrayBuffer(block === undefined ? bytes : Math.ceil((bytes * 1.25) / 8) * 8);
    this.#blocks[at] = larger;
    return larger;
  }
}

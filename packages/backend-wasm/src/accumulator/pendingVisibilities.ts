import type { NufftTarget } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { BLOCK, createTurning, type LoadedVisibilities, type VisibilitySource } from '../fourier/visibilitySource.js';
import { createWeighing, type DataSums } from './weighing.js';

/** Visibilities that are taken up together: what is read of them stays near the processor. */
const PIECE = 32768;
/** Room that the first block begins with. */
const LEAST = 1024;

/** What is kept of a visibility: its baseline, its strength for the image, turned, and its weight. */
interface Block {
  readonly arena: Arena;
  readonly capacity: number;
  readonly uv: number;
  readonly re: number;
  readonly im: number;
  readonly weights: number;
}

/** Two numbers per visibility, see `VisibilityChunk`. */
interface ChunkNumbers {
  readonly data: Float64Array;
  readonly noise: Float64Array;
  readonly uv: Float64Array;
}

/**
 * Visibilities that wait to be spread, in the memory, in their order: 40 bytes for each. Where a block ends depends on
 * their number only.
 */
export class PendingVisibilities implements VisibilitySource {
  readonly #engine: Engine;
  readonly #image: NufftTarget;
  readonly #blocks: Block[] = [];
  #length = 0;

  /** @param image whose strengths are kept */
  constructor(engine: Engine, image: NufftTarget) {
    this.#engine = engine;
    this.#image = image;
  }

  get length(): number {
    return this.#length;
  }

  baselines(first: number): number {
    return this.#blocks[first / BLOCK].uv;
  }

  load(first: number): LoadedVisibilities {
    const { uv, re, im, weights } = this.#blocks[first / BLOCK];
    return { uv, strengths: [re, im, weights] };
  }

  /** Writes `count` visibilities from `first` on behind those that are there, and forgets them unless they are kept. */
  write({ data, noise, uv }: ChunkNumbers, first: number, count: number): DataSums {
    this.#reserve(this.#length + count);
    const { heap } = this.#engine;
    return this.#engine.scoped((arena) => {
      const room = Math.min(count, PIECE);
      const [values, noises] = [arena.f64(2 * room), arena.f64(2 * room)];
      const weighing = createWeighing(this.#engine, arena, PIECE);
      const turning = createTurning(this.#engine, arena, this.#image);
      this.#eachPiece(count, (block, at, from, length) => {
        const put = (to: number, numbers: Float64Array) =>
          heap.f64(to, 2 * length).set(numbers.subarray(2 * (first + from), 2 * (first + from + length)));
        const to = { uv: block.uv + 16 * at, re: block.re + 8 * at, im: block.im + 8 * at };
        put(to.uv, uv);
        put(values, data);
        put(noises, noise);
        weighing.weigh(to.uv, values, noises, length, to.re, to.im, block.weights + 8 * at);
        turning.turn(to.uv, length, to.re, to.im, true);
      });
      return weighing.sums();
    });
  }

  /** Keeps the next `count` visibilities that were written. */
  keep(count: number): void {
    this.#length += count;
  }

  /** Copies those of another of the same image. */
  append(others: PendingVisibilities): void {
    const { heap } = this.#engine;
    this.#reserve(this.#length + others.#length);
    this.#eachPiece(others.#length, (block, at, from, length) => {
      // A piece may begin in one block of the others and end in the next one.
      for (let taken = 0; taken < length; ) {
        const theirs = others.#blocks[Math.floor((from + taken) / BLOCK)];
        const where = (from + taken) % BLOCK;
        const count = Math.min(length - taken, BLOCK - where);
        const copy = (to: number, source: number, numbers: number) =>
          heap
            .f64(to + 8 * numbers * (at + taken), numbers * count)
            .set(heap.f64(source + 8 * numbers * where, numbers * count));
        copy(block.uv, theirs.uv, 2);
        copy(block.re, theirs.re, 1);
        copy(block.im, theirs.im, 1);
        copy(block.weights, theirs.weights, 1);
        taken += count;
      }
    });
    this.keep(others.#length);
  }

  /** Forgets all and gives their memory back. */
  release(): void {
    for (const { arena } of this.#blocks.reverse()) arena.release();
    this.#blocks.length = 0;
    this.#length = 0;
  }

  /** Parts of the next `count` visibilities that stand together: in which block, at which place of it. */
  #eachPiece(count: number, work: (block: Block, at: number, from: number, length: number) => void): void {
    for (let from = 0; from < count; ) {
      const at = (this.#length + from) % BLOCK;
      const length = Math.min(count - from, BLOCK - at, PIECE);
      work(this.#blocks[Math.floor((this.#length + from) / BLOCK)], at, from, length);
      from += length;
    }
  }

  /** Blocks of `BLOCK`; the first one grows, so that few visibilities take little room. */
  #reserve(length: number): void {
    const first = this.#blocks.at(0);
    if (first !== undefined && first.capacity < BLOCK && first.capacity < length) {
      const larger = this.#block(length);
      const { heap } = this.#engine;
      const kept = this.#length;
      heap.f64(larger.uv, 2 * kept).set(heap.f64(first.uv, 2 * kept));
      for (const part of ['re', 'im', 'weights'] as const) {
        heap.f64(larger[part], kept).set(heap.f64(first[part], kept));
      }
      first.arena.release();
      this.#blocks[0] = larger;
    }
    while (this.#blocks.length * BLOCK < length && !(this.#blocks.length === 1 && this.#blocks[0].capacity >= length)) {
      this.#blocks.push(this.#block(this.#blocks.length === 0 ? length : BLOCK));
    }
  }

  #block(wanted: number): Block {
    let capacity = LEAST;
    while (capacity < wanted && capacity < BLOCK) capacity *= 2;
    const arena = this.#engine.arena();
    try {
      const [uv, re] = [arena.f64(2 * capacity), arena.f64(capacity)];
      return { arena, capacity, uv, re, im: arena.f64(capacity), weights: arena.f64(capacity) };
    } catch (error) {
      arena.release();
      throw error;
    }
  }
}

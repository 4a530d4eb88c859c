import { WtildeError } from '@wtilde/core-types';
import type { WorkerHandle } from './platform.js';
import { argumentsAt, word } from './worker.js';

/** Looks this often for workers to finish their last item before it sleeps. */
const SPINS = 2000;

/**
 * Spreads the items of a job over this thread and the workers, through the control block at the start of the shared
 * memory. Who takes which item is left to chance: every item writes results of its own, so they do not depend on it.
 */
export class Pool {
  readonly #control: Int32Array;
  readonly #arguments: Float64Array;
  readonly #workers: readonly WorkerHandle[];
  #epoch = 0;

  constructor(memory: WebAssembly.Memory, workers: readonly WorkerHandle[]) {
    this.#control = new Int32Array(memory.buffer, 0, argumentsAt / 4);
    this.#arguments = new Float64Array(memory.buffer, argumentsAt, 32);
    this.#workers = workers;
  }

  /**
   * Runs function number `entry` for every item and returns when all are done.
   *
   * @param local the same function on this thread
   */
  run(entry: number, items: number, args: readonly number[], local: (item: number) => void): void {
    const control = this.#control;
    this.#arguments.set(args);
    control[word.entry] = entry;
    control[word.items] = items;
    control[word.argumentCount] = args.length;
    Atomics.store(control, word.next, 0);
    this.#epoch = (this.#epoch + 1) & 0x3fffffff || 1;
    Atomics.store(control, word.open, this.#epoch);
    Atomics.store(control, word.epoch, this.#epoch);
    Atomics.notify(control, word.epoch);
    try {
      for (let item = Atomics.add(control, word.next, 1); item < items; ) {
        local(item);
        item = Atomics.add(control, word.next, 1);
      }
    } finally {
      Atomics.store(control, word.open, 0);
      this.#waitForWorkers();
    }
    if (Atomics.load(control, word.failed) !== 0) {
      throw new WtildeError('NumericalFailure', {
        what: 'a worker thread has failed',
        where: 'backend wasm',
        remedy: 'create a new backend with threads: 1 and report this',
      });
    }
  }

  /** Tells the workers to end. */
  dispose(): void {
    Atomics.store(this.#control, word.over, 1);
    Atomics.add(this.#control, word.epoch, 1);
    Atomics.notify(this.#control, word.epoch);
    for (const worker of this.#workers) worker.end();
  }

  #waitForWorkers(): void {
    for (let turn = 0; ; turn++) {
      const active = Atomics.load(this.#control, word.active);
      if (active === 0) return;
      if (turn > SPINS) Atomics.wait(this.#control, word.active, active, 10);
    }
  }
}

/**
 * The program of a worker thread. It is turned into a string (src/generated/workerProgram.ts), so that no bundler
 * has to find a file: nothing may be imported here.
 */

/** Words of the control block at the start of the shared memory. */
export const word = {
  /** Rises with every job; workers sleep on it. */
  epoch: 0,
  /** The epoch of the job that may be joined, 0 when there is none. */
  open: 1,
  /** Workers inside a job. */
  active: 2,
  /** The next item of the job. */
  next: 3,
  items: 4,
  /** The function, by its place in the list. */
  entry: 5,
  argumentCount: 6,
  /** Not 0 when a worker has failed. */
  failed: 7,
  /** Not 0 when the workers are to end. */
  over: 8,
};

/** Where the arguments of a job stand, as float64. */
export const argumentsAt = 64;

/** What a worker is told when it starts. */
export interface WorkerJob {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** 1 for the first worker; the calling thread is 0. */
  readonly thread: number;
  readonly functions: readonly string[];
}

/** Looks this often before it goes to sleep: jobs often follow each other within microseconds. */
const spins = 4000;

/** Joins job after job until told to end. Returns only then, and blocks its thread in between. */
export function serve({ module, memory, thread, functions }: WorkerJob, ready: () => void): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const control = new Int32Array(memory.buffer, 0, 16);
  let seen = Atomics.load(control, word.epoch);
  ready();
  for (;;) {
    let turns = 0;
    while (turns < spins && Atomics.load(control, word.epoch) === seen) turns++;
    if (turns === spins) Atomics.wait(control, word.epoch, seen);
    if (Atomics.load(control, word.over) !== 0) return;
    seen = Atomics.load(control, word.epoch);
    // Counted as active first and only then looking whether the job is still open: the caller closes a job before
    // it looks at the count, so a latecomer cannot slip in.
    Atomics.add(control, word.active, 1);
    if (Atomics.load(control, word.open) === seen) {
      try {
        const entry = exports[functions[control[word.entry]]];
        const args = new Float64Array(memory.buffer, argumentsAt, control[word.argumentCount]).slice();
        const items = control[word.items];
        for (let item = Atomics.add(control, word.next, 1); item < items; ) {
          if (typeof entry === 'function') entry(item, thread, ...args);
          item = Atomics.add(control, word.next, 1);
        }
      } catch {
        Atomics.store(control, word.failed, 1);
      }
    }
    if (Atomics.sub(control, word.active, 1) === 1) Atomics.notify(control, word.active);
  }
}

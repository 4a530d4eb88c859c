/**
 * Work that may have to wait: a generator that yields what it waits for, at the end of which stands T. One text thus
 * serves the synchronous and the asynchronous dispatcher, and no caller ever sees a "maybe a promise".
 */
export type Work<T> = Generator<unknown, T, never>;

/** Waits for a value inside work: `const host = yield* wait(handle.toHost())`. */
export function* wait<T>(value: T | Promise<T>): Work<T> {
  return yield value;
}

/** One of the two below. */
export type Finish = <T>(work: Work<T>) => T | Promise<T>;

/** Runs work in which nothing is a promise. */
export function finishNow<T>(work: Work<T>): T;
export function finishNow(work: Generator<unknown, unknown, unknown>): unknown {
  let step = work.next();
  while (!step.done) step = work.next(step.value);
  return step.value;
}

/** Runs work, awaiting whatever it waits for. */
export function finishLater<T>(work: Work<T>): Promise<T>;
export async function finishLater(work: Generator<unknown, unknown, unknown>): Promise<unknown> {
  let step = work.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(value);
  }
  return step.value;
}

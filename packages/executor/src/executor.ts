/** What every way to run work has in common. */
import type { WtildeError } from '@wtilde/core-types';
import type { Work } from './work/work.js';

/** A way to run jobs: in this thread, in threads, on other machines. */
export interface Executor {
  /** As it was asked for: `threads:4`. */
  readonly name: string;
  /** Jobs that run at once, as far as is known here: how many a caller should have ready. */
  readonly width: number;
  /** Makes workers ready for one piece of work; they keep its dataset until the crew is closed. */
  start(work: Work): Promise<Crew>;
  /** Ends what runs and lets go of threads and connections. */
  close(): Promise<void>;
}

/** Workers that know a piece of work. */
export interface Crew {
  /** Of the work: dataset, settings and task. */
  readonly hash: string;
  /**
   * The outcome of every job, in the order of the jobs, whoever ran them and in whatever order. Jobs do not depend on each
   * other; equal jobs are run once. A job that fails does not stop the others.
   *
   * Undefined where this process does only a part of the jobs and has left their results to the last step.
   *
   * @throws Aborted by its signal; BackendUnavailable where workers cannot be reached any more.
   */
  map(jobs: readonly Uint8Array[], how?: HowToRun): Promise<readonly Outcome[] | undefined>;
  close(): Promise<void>;
}

export interface HowToRun {
  readonly signal?: AbortSignal | undefined;
  /** Called after every job that is done, and with 0 before the first. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Called with every result as soon as it is there: in any order. One that throws ends the map with its error. */
  readonly onOutcome?: ((outcome: Outcome, index: number) => void) | undefined;
}

/** What a job came to: bytes, or why there are none. */
export type Outcome = Done | Failed;

export interface Done {
  readonly result: Uint8Array;
  readonly failure?: undefined;
}

export interface Failed {
  readonly result?: undefined;
  readonly failure: WtildeError;
}

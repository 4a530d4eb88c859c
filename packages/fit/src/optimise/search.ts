import { type AbortSignalLike, throwIfAborted } from '@wtilde/core-types';
import type { Evaluation, Objective } from '../objective.js';

/** What a search wants to know before it goes on: evaluations at some points. */
export interface Request {
  readonly points: readonly Float64Array[];
  readonly gradient: boolean;
  /** By how much the problem is to be made easier. */
  readonly ease?: number | undefined;
}

/**
 * A search as a conversation: it asks, and is given the evaluations in the order of its points. It decides by these alone,
 * never by a clock or by who else is searching, so that the same answers lead to the same end.
 */
export type Search<R> = Generator<Request, R, readonly Evaluation[]>;

/** What is going on, after every batch. */
export interface SearchProgress {
  readonly evaluations: number;
  /** Of these, those without a value. */
  readonly failures: number;
  /** The largest log likelihood so far, and where; the first ones may have none. */
  readonly best?: { readonly logLikelihood: number; readonly point: Float64Array } | undefined;
  /** How much of the work is done, from 0 to 1, where that can be told. */
  readonly fraction?: number | undefined;
}

export interface RunOptions {
  readonly signal?: AbortSignalLike | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

/** Answers the questions of searches, those of one round in one batch, until all have ended. */
export interface Conductor {
  /** Runs searches side by side. */
  run<R>(searches: readonly Search<R>[], fraction?: () => number | undefined): Promise<readonly R[]>;
  readonly progress: SearchProgress;
}

export function conductorOf(objective: Objective, { signal, onProgress }: RunOptions, where: string): Conductor {
  let progress: SearchProgress = { evaluations: 0, failures: 0 };

  function count(
    points: readonly Float64Array[],
    evaluations: readonly Evaluation[],
    ease: number | undefined,
    fraction: number | undefined,
  ): void {
    let { best, failures } = progress;
    evaluations.forEach(({ logLikelihood, failure }, at) => {
      if (failure !== undefined) failures += 1;
      // That of an easier problem is not a likelihood of the data.
      const better = ease === undefined && logLikelihood > (best?.logLikelihood ?? Number.NEGATIVE_INFINITY);
      if (better) best = { logLikelihood, point: points[at] };
    });
    progress = { evaluations: progress.evaluations + points.length, failures, best, fraction };
    onProgress?.(progress);
  }

  async function answer(requests: readonly Request[], fraction?: () => number | undefined) {
    const answers = requests.map((): readonly Evaluation[] => []);
    const kinds = new Map<string, number[]>();
    for (const [at, { points, gradient, ease = 1 }] of requests.entries()) {
      if (points.length > 0) kinds.set(`${gradient} ${ease}`, [...(kinds.get(`${gradient} ${ease}`) ?? []), at]);
    }
    for (const alike of kinds.values()) {
      const points = alike.flatMap((at) => requests[at].points);
      const { gradient, ease } = requests[alike[0]];
      throwIfAborted(signal, where);
      const evaluations = await objective.evaluate(points, { gradient, ease, signal });
      count(points, evaluations, ease, fraction?.());
      let from = 0;
      for (const at of alike) {
        const { length } = requests[at].points;
        answers[at] = evaluations.slice(from, from + length);
        from += length;
      }
    }
    return answers;
  }

  return {
    async run<R>(searches: readonly Search<R>[], fraction?: () => number | undefined): Promise<readonly R[]> {
      const results: { readonly value: R }[] = [];
      let open = searches.map((search, at) => ({ search, at, step: search.next() }));
      for (;;) {
        for (const { step, at } of open) if (step.done) results[at] = { value: step.value };
        const asking = open.flatMap(({ search, at, step }) => (step.done ? [] : [{ search, at, request: step.value }]));
        if (asking.length === 0) return results.map(({ value }) => value);
        const answers = await answer(
          asking.map(({ request }) => request),
          fraction,
        );
        open = asking.map(({ search, at }, i) => ({ search, at, step: search.next(answers[i]) }));
      }
    },
    get progress() {
      return progress;
    },
  };
}

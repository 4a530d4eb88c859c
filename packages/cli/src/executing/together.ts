import type { WtildeError } from '@wtilde/core-types';
import type { Crew, Outcome } from '@wtilde/executor';
import { notInParts } from './notInParts.js';

/** A job should last as long: the server then costs less than 2 % of it. */
const leastMs = 250;

/** Workers, wherever they are. */
export interface Workers {
  /** What they do, for the error of a way to run it that cannot. */
  readonly what: string;
  readonly crew: Crew;
  /** How many jobs run at once. */
  readonly width: number;
  /** Whether a job costs something beside its work, so that items are better sent together. */
  readonly remote: boolean;
}

/** How items become a job, and what comes of it results. */
interface Packing<I, R> {
  bytesOf(items: readonly I[]): Uint8Array;
  resultsOf(bytes: Uint8Array): readonly R[];
  /** Of an item that no worker has survived. */
  without(failure: WtildeError): R;
}

export interface Together {
  /** Items that make a job long enough. */
  readonly size: number;
  /** The results of items, told as they come. */
  map<I, R>(
    items: readonly I[],
    packing: Packing<I, R>,
    how?: { readonly signal?: AbortSignal | undefined; readonly onResult?: (result: R, index: number) => void },
  ): Promise<readonly R[]>;
}

/**
 * Items sent to workers together, as many as make a job long enough; how many there are changes nothing in what comes out.
 */
export function createTogether({ what, crew, width, remote }: Workers): Together {
  /** What an item has taken a worker, since there has been something to do. */
  let itemMs: number | undefined;
  let [maps, done, began] = [0, 0, 0];
  const size = () => (!remote || itemMs === undefined ? 1 : Math.ceil(leastMs / itemMs));

  return {
    get size() {
      return size();
    },
    async map<I, R>(
      items: readonly I[],
      { bytesOf, resultsOf, without }: Packing<I, R>,
      {
        signal,
        onResult,
      }: { readonly signal?: AbortSignal; readonly onResult?: (result: R, index: number) => void } = {},
    ) {
      if (maps === 0) [done, began] = [0, performance.now()];
      maps += 1;
      const results = new Array<R>(items.length);
      const settle = (at: number, result: R) => {
        results[at] = result;
        onResult?.(result, at);
      };

      /** Returns those that are to be tried again. */
      async function round(indexes: readonly number[], together: number): Promise<readonly number[]> {
        const batches = Array.from({ length: Math.ceil(indexes.length / together) }, (_, i) =>
          indexes.slice(i * together, (i + 1) * together),
        );
        const again: number[] = [];
        const onOutcome = ({ result, failure }: Outcome, batch: number) => {
          const members = batches[batch];
          if (failure === undefined) {
            for (const [i, each] of resultsOf(result).entries()) settle(members[i], each);
          } else if (failure.code !== 'DeviceFailure') {
            // What is wrong with the work is said at once.
            throw failure;
          } else if (members.length === 1) settle(members[0], without(failure));
          else again.push(...members);
        };
        const jobs = batches.map((batch) => bytesOf(batch.map((at) => items[at])));
        if ((await crew.map(jobs, { signal, onOutcome })) === undefined) throw notInParts(what);
        done += indexes.length;
        const busy = Math.min(width, batches.length) * (performance.now() - began);
        if (done > 0) itemMs = Math.max(0.1, busy / done);
        return again;
      }

      try {
        // No fewer jobs than there are workers.
        const most = Math.max(1, Math.floor(items.length / width));
        const again = await round([...items.keys()], Math.min(size(), most));
        // Workers that died of an item say nothing of those beside it.
        if (again.length > 0) await round(again, 1);
        return results;
      } finally {
        maps -= 1;
      }
    },
  };
}

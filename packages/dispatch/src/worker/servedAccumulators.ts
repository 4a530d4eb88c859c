import {
  type AccumulatorSpec,
  type AsyncVisibilityAccumulator,
  type Backend,
  type Eventually,
  type VisibilityAccumulator,
  type VisibilityChunk,
  WtildeError,
} from '@wtilde/core-types';
import type { Sums } from './protocol.js';

/** An accumulator of a backend of either kind. */
interface Accumulator {
  add(chunk: VisibilityChunk): Eventually<void>;
  merge(other: Accumulator): Eventually<void>;
  finish(): Eventually<Sums>;
}

/** The accumulators that a worker keeps for its page, by their ids. */
export interface ServedAccumulators {
  create(id: string, spec: AccumulatorSpec): void;
  /** Throws the error of creating it, where it could not be. */
  get(id: string): Accumulator;
  forget(id: string): void;
}

export function createServedAccumulators(backend: Backend): ServedAccumulators {
  const made = new Map<string, () => Accumulator>();
  return {
    create(id, spec) {
      try {
        const accumulator = create(backend, spec);
        made.set(id, () => accumulator);
      } catch (error) {
        // Nobody waits for it: the error is that of what is asked of the accumulator.
        made.set(id, () => {
          throw error;
        });
      }
    },
    get(id) {
      const found = made.get(id);
      if (found !== undefined) return found();
      throw new WtildeError('Disposed', {
        what: 'there is no such accumulator any more',
        where: backend.id,
        remedy: 'create a new one',
      });
    },
    forget: (id) => made.delete(id),
  };
}

function create(backend: Backend, spec: AccumulatorSpec): Accumulator;
function create(backend: Backend, spec: AccumulatorSpec): VisibilityAccumulator | AsyncVisibilityAccumulator {
  const accumulator = backend.createAccumulator?.(spec);
  if (accumulator !== undefined) return accumulator;
  throw new WtildeError('UnsupportedKernel', {
    what: `backend ${backend.id} has no accumulators`,
    where: 'createAccumulator',
    remedy: 'use another backend',
  });
}

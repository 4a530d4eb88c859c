/** Accumulators of either kind of backend, used in one way. */
import {
  type AccumulatorSpec,
  type Backend,
  createKernelAccumulator,
  type PreparedVisibilities,
  type SyncBackend,
  type VisibilityChunk,
} from '@wtilde/core-types';

/** What can be done with the accumulators of a backend. */
export interface Passes {
  /** One pass over some chunks; `handedOver` is called as soon as `add` has returned. */
  together(
    spec: AccumulatorSpec,
    chunks: readonly VisibilityChunk[],
    handedOver?: (chunk: VisibilityChunk) => void,
  ): Promise<PreparedVisibilities>;
  /** An accumulator per chunk, merged in order. */
  merged(spec: AccumulatorSpec, chunks: readonly VisibilityChunk[]): Promise<PreparedVisibilities>;
}

/** The backend's own accumulators, or those over its kernels; the reason where it can have neither. */
export function passesOf(backend: Backend): Passes | string {
  if (backend.mode === 'async') {
    const create = backend.createAccumulator;
    return create === undefined ? 'createAccumulator is not implemented' : passesWith(create);
  }
  const create = backend.createAccumulator ?? overKernels(backend);
  return typeof create === 'string' ? create : passesWith(create);
}

function overKernels({ kernels }: SyncBackend) {
  const {
    wCompactCurvatureInterferometerFrom: compact,
    dirtyImageInterferometerFrom: dirty,
    chiSquared0From,
    noiseNormalizationComplexFrom: normalization,
  } = kernels;
  if (compact === undefined || dirty === undefined || chiSquared0From === undefined || normalization === undefined) {
    return 'a kernel that sums visibilities is not implemented';
  }
  const summing = {
    wCompactCurvatureInterferometerFrom: compact,
    dirtyImageInterferometerFrom: dirty,
    chiSquared0From,
    noiseNormalizationComplexFrom: normalization,
  };
  return (spec: AccumulatorSpec) => createKernelAccumulator(summing, spec);
}

interface AnyAccumulator<A> {
  add(chunk: VisibilityChunk): void | Promise<void>;
  merge(other: A): void | Promise<void>;
  finish(): PreparedVisibilities | Promise<PreparedVisibilities>;
}

function passesWith<A extends AnyAccumulator<A>>(create: (spec: AccumulatorSpec) => A): Passes {
  return {
    async together(spec, chunks, handedOver = () => {}) {
      const accumulator = create(spec);
      for (const chunk of chunks) {
        const adding = accumulator.add(chunk);
        handedOver(chunk);
        await adding;
      }
      return await accumulator.finish();
    },
    async merged(spec, chunks) {
      const whole = create(spec);
      for (const chunk of chunks) {
        const part = create(spec);
        await part.add(chunk);
        await whole.merge(part);
      }
      return await whole.finish();
    },
  };
}

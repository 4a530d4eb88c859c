import type { Strengths } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** Visibilities in the memory at a time, so that none of it grows with K. */
export const ROUND = 49152;

/** Weights of an item, as the compiled code has it. */
const WEIGHTS = 8192;

/** A part of the visibilities in the memory: baselines and, where there are some, strengths. */
export interface VisibilityBlock {
  readonly uv: number;
  readonly re: number;
  /** 0 where the strengths are real. */
  readonly im: number;
  load(first: number, count: number): void;
  /** The baselines alone. */
  loadBaselines(first: number, count: number): void;
}

/**
 * Room for `capacity` visibilities.
 *
 * @param uvWavelengths (K, 2)
 * @param complex whether there is to be room for imaginary parts
 */
export function createVisibilityBlock(
  engine: Engine,
  arena: Arena,
  capacity: number,
  uvWavelengths: Float64Array,
  strengths?: Strengths,
  complex = strengths?.complex,
): VisibilityBlock {
  const uv = arena.f64(2 * capacity);
  const re = strengths === undefined ? 0 : arena.f64(capacity);
  const im = complex ? arena.f64(capacity) : 0;
  const loadBaselines = (first: number, count: number) => {
    engine.heap.f64(uv, 2 * count).set(uvWavelengths.subarray(2 * first, 2 * (first + count)));
  };
  return {
    uv,
    re,
    im,
    loadBaselines,
    load(first, count) {
      loadBaselines(first, count);
      if (strengths === undefined) return;
      if (strengths.noise !== undefined) {
        engine.heap.f64(re, count).set(strengths.noise.subarray(first, first + count));
        engine.each('inverseSquares', Math.ceil(count / WEIGHTS), 4 * count, re, count);
        return;
      }
      const reView = engine.heap.f64(re, count);
      strengths.fill(first, count, reView, im === 0 ? reView : engine.heap.f64(im, count));
    },
  };
}

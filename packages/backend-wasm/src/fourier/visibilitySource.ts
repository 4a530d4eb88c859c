import type { NufftTarget, Strengths } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { createVisibilityBlock } from './visibilityBlocks.js';

/** Visibilities that are in the memory at a time: a multiple of what a thread counts and moves in one go. */
export const BLOCK = 65536;

/** Visibilities block by block, each of `BLOCK` but the last. */
export interface VisibilitySource {
  readonly length: number;
  /** Where the baselines from `first` on stand, until the next block is asked for. */
  baselines(first: number, count: number): number;
  /** The same with strengths, an array for every fine grid. */
  load(first: number, count: number): LoadedVisibilities;
}

export interface LoadedVisibilities {
  readonly uv: number;
  readonly strengths: readonly number[];
}

/** Visibilities outside the memory, their strengths ready for the modes of a target. */
export function copiedVisibilities(
  engine: Engine,
  arena: Arena,
  target: NufftTarget,
  strengths: Strengths,
  uvWavelengths: Float64Array,
): VisibilitySource {
  const { length } = strengths;
  const block = createVisibilityBlock(engine, arena, Math.min(length, BLOCK), uvWavelengths, strengths, !target.even);
  const turning = target.even ? undefined : createTurning(engine, arena, target);
  const { uv, re, im } = block;
  return {
    length,
    baselines(first, count) {
      block.loadBaselines(first, count);
      return uv;
    },
    load(first, count) {
      block.load(first, count);
      turning?.turn(uv, count, re, im, strengths.complex);
      return { uv, strengths: turning === undefined ? [re] : [re, im] };
    },
  };
}

/** Turns strengths by the phase of the point of mode (0, 0), and conjugates them. */
export function createTurning(engine: Engine, arena: Arena, { x, y }: Pick<NufftTarget, 'x' | 'y'>) {
  const scratch = arena.f64(engine.threads * 1040);
  return {
    /** @param complex whether `im` holds something yet */
    turn(uv: number, count: number, re: number, im: number, complex: boolean): void {
      const work = 50 * count;
      engine.each('turnStrengths', Math.ceil(count / 512), work, uv, count, x, y, re, im, complex ? 1 : 0, scratch);
    },
  };
}

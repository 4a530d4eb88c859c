import type { LatticeFrame } from '@wtilde/numerics';
import { fixedTurns } from './fixedTurns.js';

/** A lattice and where its columns are counted from. */
export interface CountedLattice {
  readonly lattice: LatticeFrame;
  /** x of the origin of the columns. */
  readonly origin: number;
  /** Where the first column stands, in columns right of the origin. */
  readonly offset: number;
}

/** The lattice as it is, its columns counted from the first. */
export function countedFromLeft(lattice: LatticeFrame): CountedLattice {
  return { lattice, origin: lattice.x0, offset: 0 };
}

/** The right half of the columns, counted from the middle: the left half follows from it. */
export function countedFromMiddle(lattice: LatticeFrame): CountedLattice {
  const { columns, x0, pitchX } = lattice;
  return { lattice, origin: x0 + ((columns - 1) / 2) * pitchX, offset: columns % 2 === 0 ? 0.5 : 0 };
}

/** Columns from the middle to the right end. */
export function halfOf({ columns }: Pick<LatticeFrame, 'columns'>): number {
  return Math.ceil(columns / 2);
}

/**
 * Phases u x + v y of some visibilities: row start, row step, column start, column step of each, 2^32 to the turn. What
 * is a multiple of a turn is taken off in float64, so nothing is lost at long baselines: what remains is 2^-33 turns of
 * each step.
 */
export function latticePhases(
  { lattice: { y0, pitchY, pitchX }, origin, offset }: CountedLattice,
  uv: Float64Array,
  first: number,
  count: number,
): Uint32Array<ArrayBuffer> {
  const turns = new Uint32Array(4 * count);
  for (let k = 0; k < count; k++) {
    const u = uv[2 * (first + k)];
    const v = uv[2 * (first + k) + 1];
    turns[4 * k] = fixedTurns(origin * u + y0 * v);
    turns[4 * k + 1] = fixedTurns(-pitchY * v);
    turns[4 * k + 2] = fixedTurns(offset * pitchX * u);
    turns[4 * k + 3] = fixedTurns(pitchX * u);
  }
  return turns;
}

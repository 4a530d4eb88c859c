import type { Lattice, Strengths } from '@wtilde/numerics';

/** A lattice seen from the middle of its columns, half of which therefore follow from the other half. */
export interface CentredLattice {
  readonly lattice: Lattice;
  /** Columns from the centre to the right end. */
  readonly half: number;
  /** Where the first of them stands, in columns right of the centre: 0, or 1/2 where there is no middle column. */
  readonly offset: number;
  /** x of the centre. */
  readonly centre: number;
}

export function centred(lattice: Lattice): CentredLattice {
  const { columns, x0, pitchX } = lattice;
  const half = Math.ceil(columns / 2);
  return { lattice, half, offset: columns % 2 === 0 ? 0.5 : 0, centre: x0 + ((columns - 1) / 2) * pitchX };
}

/** Visibilities as the lattice sums want them. */
export interface PhaseTable {
  /** Row start, row step, column start, column step of every visibility, 2^32 to the turn. */
  readonly turns: Uint32Array<ArrayBuffer>;
  /** q of every visibility, re and im. */
  readonly strengths: Float64Array;
}

/**
 * Phases u x + v y of some visibilities in turns. What is a multiple of a turn is taken off in float64, so nothing is
 * lost at long baselines: what remains is 2^-33 turns of each step.
 */
export function phaseTable(
  { lattice: { y0, pitchY, pitchX }, offset, centre }: CentredLattice,
  strengths: Strengths,
  uv: Float64Array,
  first: number,
  count: number,
): PhaseTable {
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  strengths.fill(first, count, re, im);
  const turns = new Uint32Array(4 * count);
  const q = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const u = uv[2 * (first + k)];
    const v = uv[2 * (first + k) + 1];
    turns[4 * k] = fixedTurns(centre * u + y0 * v);
    turns[4 * k + 1] = fixedTurns(-pitchY * v);
    turns[4 * k + 2] = fixedTurns(offset * pitchX * u);
    turns[4 * k + 3] = fixedTurns(pitchX * u);
    q[2 * k] = re[k];
    q[2 * k + 1] = strengths.complex ? im[k] : 0;
  }
  return { turns, strengths: q };
}

/** The fraction of a number of turns, 2^32 to the turn. */
export function fixedTurns(turns: number): number {
  return Math.round((turns - Math.floor(turns)) * 2 ** 32) >>> 0;
}

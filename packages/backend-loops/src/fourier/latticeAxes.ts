import type { LatticeFrame } from '@wtilde/numerics';
import { fractionOfTurns } from './turns.js';

/** Turns of a block of visibilities at the start of either axis of a lattice and per step of it. */
export interface LatticeAxes {
  readonly rowStart: Float64Array;
  readonly rowStep: Float64Array;
  readonly columnStart: Float64Array;
  readonly columnStep: Float64Array;
}

/** Room for a block of visibilities. */
export function createLatticeAxes(capacity: number): LatticeAxes {
  return {
    rowStart: new Float64Array(capacity),
    rowStep: new Float64Array(capacity),
    columnStart: new Float64Array(capacity),
    columnStep: new Float64Array(capacity),
  };
}

/** Columns of a lattice from the middle of a row to its right end, the middle itself included. */
export function columnsRightOfMiddle(columns: number): number {
  return (columns + 1) >> 1;
}

/**
 * Splits the phase x u + y v of lattice point (r, c), in turns, into a part of its row and one of its
 * column: (rowStart + r rowStep) +- (columnStart + h columnStep).
 *
 * Columns are counted in pairs from the middle of the row outwards, h = 0, 1, ...; the first stands on
 * the middle when their number is odd and half a pixel beside it when even. The middle's own phase
 * belongs to the row. Every product is rounded once, then reduced exactly.
 *
 * @param uvWavelengths (K, 2)
 */
export function fillLatticeAxes(
  axes: LatticeAxes,
  uvWavelengths: Float64Array,
  first: number,
  count: number,
  { columns, x0, y0, pitchY, pitchX }: LatticeFrame,
): void {
  const { rowStart, rowStep, columnStart, columnStep } = axes;
  const beside = columns % 2 === 0 ? 0.5 * pitchX : 0;
  const middle = x0 + 0.5 * (columns - 1) * pitchX;
  for (let k = 0, i = 2 * first; k < count; k++, i += 2) {
    const u = uvWavelengths[i];
    const v = uvWavelengths[i + 1];
    rowStart[k] = fractionOfTurns(middle * u) + fractionOfTurns(y0 * v);
    rowStep[k] = -fractionOfTurns(pitchY * v);
    columnStart[k] = fractionOfTurns(beside * u);
    columnStep[k] = fractionOfTurns(pitchX * u);
  }
}

/** Mistakes with tables of W by displacement that show only in large ones. */
import type { NdArray } from '@wtilde/core-types';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, takes, withArguments } from './mutant.js';

const compact = 'wCompact';
const wrapped = ['wTildePreload', 'curvaturePreload'];

/** Where a displacement is looked for instead; `most` is the largest of its axis. */
type Elsewhere = (displacement: number, most: number) => number;

export const tableMutants: readonly Mutant[] = [
  misplaced('displacements beyond 16 clipped', (displacement) => Math.max(-16, Math.min(16, displacement))),
  misplaced('padding of the transform rounded down where N >= 16', (displacement, most) => {
    if (most < 15) return displacement;
    const period = 2 ** Math.floor(Math.log2(2 * most + 1));
    return displacement - period * Math.round(displacement / period);
  }),
];

function misplaced(name: string, elsewhere: Elsewhere): Mutant {
  return {
    name,
    affects: takes(compact, ...wrapped),
    spoil: withArguments((args) =>
      mapArrays(args, [compact, ...wrapped], (table) =>
        compact in args ? fromCompact(table, elsewhere) : fromWrapped(table, elsewhere),
      ),
    ),
  };
}

/** Row m, column n + N - 1. */
function fromCompact(table: NdArray, elsewhere: Elsewhere): NdArray {
  const [N, width] = table.shape;
  return mapNumbers(table, (_, at) => {
    const m = elsewhere(Math.floor(at / width), N - 1);
    const n = elsewhere((at % width) - (N - 1), N - 1);
    // The table has no negative rows: W(-d) = W(d).
    return table.data[Math.abs(m) * width + (m < 0 ? -n : n) + N - 1];
  });
}

/** Negative displacements at the end of each axis. */
function fromWrapped(table: NdArray, elsewhere: Elsewhere): NdArray {
  const [height, width] = table.shape;
  const found = (place: number, extent: number) => {
    const displacement = place < extent / 2 ? place : place - extent;
    return (elsewhere(displacement, extent / 2 - 1) + extent) % extent;
  };
  return mapNumbers(
    table,
    (_, at) => table.data[found(Math.floor(at / width), height) * width + found(at % width, width)],
  );
}

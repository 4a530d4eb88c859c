/** A full square grid (Gy, Gx, 2) of pixel centres and its spacing. */
import type { NdArray } from '../arrays.js';
import type { Requirement, Violation } from '../descriptor.js';

/**
 * The spacing d of a grid of (y, x) in radians: the extent of its first row over the number of steps, or that of its
 * first column where there is a single column; undefined for a single point.
 */
export function gridPitch(grid: NdArray<'real'>): number | undefined {
  const [rows, columns] = grid.shape;
  if (columns > 1) return (grid.data[2 * (columns - 1) + 1] - grid.data[1]) / (columns - 1);
  if (rows > 1) return (grid.data[0] - grid.data[2 * (rows - 1) * columns]) / (rows - 1);
  return undefined;
}

interface GridAndShape {
  readonly gridRadians2d: NdArray<'real'>;
  readonly shapeMaskedPixels2d: readonly [number, number];
}

/** The grid falls in y by its rows and rises in x by its columns, by one and the same spacing. */
export const squareGrid: Requirement<GridAndShape> = {
  over: ['gridRadians2d', 'shapeMaskedPixels2d'],
  check({ gridRadians2d: grid }, { Ny, Nx }) {
    const pitch = gridPitch(grid);
    if (pitch === undefined) {
      return Ny * Nx === 1 ? undefined : noSpacing('at least two points along an axis', `[${grid.shape.join(', ')}]`);
    }
    if (!(pitch > 0)) return noSpacing('y falling with the row and x rising with the column', `a spacing of ${pitch}`);
    const [rows, columns] = grid.shape;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = 2 * (row * columns + column);
        const y = grid.data[0] - row * pitch;
        const x = grid.data[1] + column * pitch;
        const miss = Math.max(Math.abs(grid.data[at] - y), Math.abs(grid.data[at + 1] - x));
        if (miss > 1e-6 * pitch) {
          return noSpacing(`(${y}, ${x}) at [${row}, ${column}]`, `(${grid.data[at]}, ${grid.data[at + 1]})`);
        }
      }
    }
    return undefined;
  },
};

function noSpacing(expected: string, actual: string): Violation {
  return {
    code: 'InvalidValue',
    argument: 'gridRadians2d',
    what: 'the grid has no single spacing',
    expected,
    actual,
    remedy: 'pass the full grid of square pixels, y falling with the row and x rising with the column',
  };
}

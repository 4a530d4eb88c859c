import type { Random } from '@wtilde/data';

/** Unmasked pixels of a box in row-major order. */
export interface Pixels {
  /** (row, column) of each, one after the other. */
  readonly native: Int32Array;
}

/** M cells of a box, the corners among them so that every displacement up to the largest occurs. */
export function cellsOf({ Ny, Nx, M }: { Ny: number; Nx: number; M: number }, random: Random): Pixels {
  const cells = Ny * Nx;
  const corners = [0, cells - 1, Nx - 1, cells - Nx];
  const forced = new Set(corners.filter((cell, at) => corners.indexOf(cell) === at).slice(0, M));
  const native = new Int32Array(2 * M);
  let wanted = M - forced.size;
  let left = cells - forced.size;
  let count = 0;
  for (let cell = 0; cell < cells && count < M; cell++) {
    const chosen = forced.has(cell);
    // Each of the cells left is as likely as the others to be among those still wanted.
    const drawn = !chosen && random.integer(left) < wanted;
    if (!chosen) left -= 1;
    if (drawn) wanted -= 1;
    if (!chosen && !drawn) continue;
    native[2 * count] = Math.floor(cell / Nx);
    native[2 * count + 1] = cell % Nx;
    count += 1;
  }
  return { native };
}

import { type NdArray, real } from '@wtilde/core-types';
import { badOption } from './sizes.js';
import { type GeneratedMapping, sparseMapping } from './sparse.js';

/** Vertices on a regular lattice over [-halfSize, halfSize]^2 arcsec, row by row from the top. */
export interface RectangularMesh {
  readonly rows: number;
  readonly columns: number;
  readonly halfSize: number;
}

type Weighted = readonly [pixel: number, weight: number];

/** A mesh of exactly `S` vertices, as close to square as the divisors of S allow (a prime: one row). */
export function rectangularMesh(S: number, halfSize: number): RectangularMesh {
  let rows = Math.floor(Math.sqrt(S));
  while (S % rows !== 0) rows--;
  return { rows, columns: S / rows, halfSize };
}

/** (y, x) of every vertex, in arcsec: shape (S, 2). */
export function meshVertices({ rows, columns, halfSize }: RectangularMesh): NdArray<'real'> {
  const vertices: number[] = [];
  const position = (i: number, count: number): number => (count === 1 ? 0 : halfSize * ((2 * i) / (count - 1) - 1));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      vertices.push(-position(row, rows), position(column, columns));
    }
  }
  return real(vertices, [rows * columns, 2]);
}

/**
 * How positions (M, 2) in the source plane map to the mesh, weights of sum 1.
 *
 * B = 1 takes the nearest vertex. B = 3 splits every cell along its falling diagonal (top left to
 * bottom right) and interpolates barycentrically in the triangle; B = 4 interpolates bilinearly in
 * the cell; more slots than that stay empty. A position outside the mesh maps to the nearest vertex
 * with weight 1, so rows differ in size.
 *
 * @throws InvalidOption for B = 2.
 */
export function interpolate(mesh: RectangularMesh, grid: NdArray<'real'>, B: number): GeneratedMapping {
  if (B === 2) {
    throw badOption('B', 'two slots cannot interpolate in a plane', '1, 3, 4 or more', '2');
  }
  const { rows, columns, halfSize } = mesh;
  const weigh = B === 3 ? triangle : bilinear;
  const mapped: (readonly Weighted[])[] = [];
  for (let i = 0; i < grid.data.length; i += 2) {
    const y = grid.data[i];
    const x = grid.data[i + 1];
    const row = ((halfSize - y) / (2 * halfSize)) * (rows - 1);
    const column = ((halfSize + x) / (2 * halfSize)) * (columns - 1);
    const outside = Math.max(Math.abs(y), Math.abs(x)) > halfSize;
    mapped.push(outside || B === 1 ? nearest(mesh, row, column) : inCell(mesh, row, column, weigh));
  }
  return sparseMapping(mapped, B, rows * columns);
}

/** The vertices above, below, left and right of every vertex. */
export function meshNeighbors({ rows, columns }: RectangularMesh): number[][] {
  return Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return [
      ...(row > 0 ? [i - columns] : []),
      ...(column > 0 ? [i - 1] : []),
      ...(column < columns - 1 ? [i + 1] : []),
      ...(row < rows - 1 ? [i + columns] : []),
    ];
  });
}

function nearest({ rows, columns }: RectangularMesh, row: number, column: number): Weighted[] {
  const clamp = (value: number, count: number): number => Math.min(Math.max(Math.round(value), 0), count - 1);
  return [[clamp(row, rows) * columns + clamp(column, columns), 1]];
}

/** Weights of the corners top left, top right, bottom left, bottom right; down, right in [0, 1]. */
type CellWeights = (down: number, right: number) => readonly [number, number, number, number];

const bilinear: CellWeights = (down, right) => [
  (1 - down) * (1 - right),
  (1 - down) * right,
  down * (1 - right),
  down * right,
];

const triangle: CellWeights = (down, right) =>
  right >= down ? [1 - right, right - down, 0, down] : [1 - down, 0, down - right, right];

/** Corners of weight 0 (of the other triangle, or on an edge) are left out: every entry counts. */
function inCell({ rows, columns }: RectangularMesh, row: number, column: number, weigh: CellWeights): Weighted[] {
  const top = Math.min(Math.floor(row), Math.max(rows - 2, 0));
  const left = Math.min(Math.floor(column), Math.max(columns - 2, 0));
  const weights = weigh(row - top, column - left);
  const first = top * columns + left;
  const corners = [first, first + 1, first + columns, first + columns + 1];
  return corners.map((pixel, corner): Weighted => [pixel, weights[corner]]).filter(([, weight]) => weight > 0);
}

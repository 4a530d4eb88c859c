import type { OnBlock } from '@wtilde/numerics';
import { addStripProduct, STRIP, stripCount, TILE_AREA, weightStrengths } from '@wtilde/numerics';
import { cosSinOfTurns } from './turns.js';

/** Visibilities per block: the four tables of 1000 points then stay in the second-level cache. */
const BLOCK = 48;

/**
 * The dense W (#4) between arbitrary points, factorised:
 * W_ij = sum_k w_k cos(a_ik - a_jk) = sum_k w_k (cos a_ik cos a_jk + sin a_ik sin a_jk),
 * a_ik = 2 pi (x_i u_k + y_i v_k), w_k = 1 / n_k^2.
 *
 * A product of (M, 2 K) tables, half of it since W is symmetric: 2 M^2 K operations and M K cosines,
 * against M^2 K / 2 cosines. Points are taken relative to the first, so that only displacements
 * turn the phase. Needs M numbers per visibility of a block beyond the result.
 *
 * @param noiseMapReal (K)
 * @param uvWavelengths (K, 2)
 * @param gridRadiansSlim (M, 2) y and x
 * @param out (M, M), overwritten, symmetric to the last bit; new when left out
 */
export function wTildeFromPoints(
  noiseMapReal: Float64Array,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  out: Float64Array = new Float64Array((gridRadiansSlim.length / 2) ** 2),
  onBlock?: OnBlock,
): Float64Array {
  const points = gridRadiansSlim.length / 2;
  const total = noiseMapReal.length;
  const strengths = weightStrengths(noiseMapReal);
  const tables = createPointTables(points);
  out.fill(0);
  for (let first = 0; first < total; first += BLOCK) {
    const count = Math.min(BLOCK, total - first);
    strengths.fill(first, count, tables.weight, tables.weight);
    fillPointTables(tables, uvWavelengths, first, count, gridRadiansSlim);
    addLowerTriangle(tables, count, points, out);
    onBlock?.(first + count, total);
  }
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < row; column++) {
      out[column * points + row] = out[row * points + column];
    }
  }
  return out;
}

/** Tables (M, block) in strips of points: cos a, sin a, and both times w. */
interface PointTables {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly weightedCos: Float64Array;
  readonly weightedSin: Float64Array;
  /** One number per visibility of the block. */
  readonly weight: Float64Array;
  readonly turnsCos: Float64Array;
  readonly turnsSin: Float64Array;
  /** The products of two strips. */
  readonly tile: Float64Array;
}

function createPointTables(points: number): PointTables {
  const length = stripCount(points) * STRIP * BLOCK;
  return {
    cos: new Float64Array(length),
    sin: new Float64Array(length),
    weightedCos: new Float64Array(length),
    weightedSin: new Float64Array(length),
    weight: new Float64Array(BLOCK),
    turnsCos: new Float64Array(BLOCK),
    turnsSin: new Float64Array(BLOCK),
    tile: new Float64Array(TILE_AREA),
  };
}

function fillPointTables(
  tables: PointTables,
  uvWavelengths: Float64Array,
  first: number,
  count: number,
  gridRadiansSlim: Float64Array,
): void {
  const { cos, sin, weightedCos, weightedSin, weight, turnsCos, turnsSin } = tables;
  for (let i = 0; i < gridRadiansSlim.length / 2; i++) {
    const y = gridRadiansSlim[2 * i] - gridRadiansSlim[0];
    const x = gridRadiansSlim[2 * i + 1] - gridRadiansSlim[1];
    for (let k = 0, j = 2 * first; k < count; k++, j += 2) {
      turnsCos[k] = x * uvWavelengths[j] + y * uvWavelengths[j + 1];
    }
    cosSinOfTurns(turnsCos, count, turnsCos, turnsSin);
    const strip = Math.floor(i / STRIP);
    let to = strip * STRIP * BLOCK + (i - strip * STRIP);
    for (let k = 0; k < count; k++, to += STRIP) {
      cos[to] = turnsCos[k];
      sin[to] = turnsSin[k];
      weightedCos[to] = weight[k] * turnsCos[k];
      weightedSin[to] = weight[k] * turnsSin[k];
    }
  }
}

/** out += weighted tables times tables, for the tiles on and below the diagonal. */
function addLowerTriangle(
  { cos, sin, weightedCos, weightedSin, tile }: PointTables,
  count: number,
  points: number,
  out: Float64Array,
): void {
  const length = STRIP * BLOCK;
  for (let i = 0; i < stripCount(points); i++) {
    for (let j = 0; j <= i; j++) {
      tile.fill(0);
      addStripProduct(weightedCos, i * length, cos, j * length, count, tile, 0);
      addStripProduct(weightedSin, i * length, sin, j * length, count, tile, 0);
      const rows = Math.min(STRIP, points - STRIP * i);
      const columns = Math.min(STRIP, points - STRIP * j);
      for (let row = 0; row < rows; row++) {
        const to = (STRIP * i + row) * points + STRIP * j;
        for (let column = 0; column < columns; column++) {
          out[to + column] += tile[STRIP * row + column];
        }
      }
    }
  }
}

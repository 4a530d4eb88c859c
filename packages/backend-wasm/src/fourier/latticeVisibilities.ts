import type { LatticeFrame, OnBlock } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { createVisibilityBlock, ROUND } from './visibilityBlocks.js';

/** Visibilities of an item, as the compiled code has it. */
const BLOCK = 128;

/**
 * The forward transform (#26) of an image on a lattice, by products of per-axis factors:
 * V_k = sum_rc image[r, c] exp(-2 pi i (x_c u_k + y_r v_k)). 2 rows columns K operations.
 *
 * @param image (rows, columns); masked pixels hold 0
 * @param uvWavelengths (K, 2)
 * @returns (K) complex, interleaved
 */
export function latticeVisibilities(
  engine: Engine,
  image: Float64Array,
  uvWavelengths: Float64Array,
  { rows, columns, x0, y0, pitchX, pitchY }: LatticeFrame,
  onBlock?: OnBlock,
): Float64Array {
  const total = uvWavelengths.length / 2;
  const visibilities = new Float64Array(2 * total);
  const round = Math.min(total, ROUND);
  engine.scoped((arena) => {
    const folded = arena.putF64(foldImage(image, rows, columns));
    const block = createVisibilityBlock(engine, arena, round, uvWavelengths);
    const out = arena.f64(2 * round);
    const scratch = engine.call('latticeVisibilitiesScratch', rows, columns);
    const perThread = [arena.f64(scratch * engine.threads), 8 * scratch];
    const place = [rows, columns, x0, y0, pitchX, pitchY, folded, out];
    for (let first = 0; first < total; first += round) {
      const count = Math.min(round, total - first);
      const items = Math.ceil(count / BLOCK);
      block.load(first, count);
      const work = 2 * rows * columns * count;
      engine.each('latticeVisibilitiesBlock', items, work, block.uv, count, ...place, ...perThread);
      visibilities.set(engine.heap.f64(out, 2 * count), 2 * first);
      onBlock?.(first + count, total);
    }
  });
  return visibilities;
}

/**
 * The sum and the difference of the columns at +-h from the middle, one behind the other: strips of four rows,
 * element (r, h) at 4 half floor(r / 4) + 4 h + r mod 4.
 */
function foldImage(image: Float64Array, rows: number, columns: number): Float64Array {
  const half = Math.ceil(columns / 2);
  const length = 4 * half * Math.ceil(rows / 4);
  const folded = new Float64Array(2 * length);
  for (let r = 0; r < rows; r++) {
    const strip = 4 * half * (r >> 2) + (r & 3);
    for (let h = 0; h < half; h++) {
      const right = image[r * columns + (columns >> 1) + h];
      const left = image[r * columns + half - 1 - h];
      const onMiddle = columns % 2 === 1 && h === 0;
      folded[strip + 4 * h] = onMiddle ? right : right + left;
      folded[length + strip + 4 * h] = onMiddle ? 0 : right - left;
    }
  }
  return folded;
}

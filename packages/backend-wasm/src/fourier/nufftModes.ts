import type { NufftTarget } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import type { FineGrid } from './fineGrid.js';

/** Sequences that the compiled transform takes together. */
const BATCH = 8;

/**
 * The modes of a fine grid, deconvolved, at the points of a target.
 *
 * @param planes the real one, or real and imaginary part; used up
 * @param out (rows, columns)
 */
export function collectModes(
  engine: Engine,
  { plan, rows }: FineGrid,
  target: NufftTarget,
  planes: readonly number[],
  out: number,
): void {
  const { x, y, stride } = plan;
  const { row, column, columns, even } = target;
  const { lowM, highM, lowN, highN } = target.range;
  const [re, im = 0] = planes;
  const blocks = Math.ceil((highN - lowN + 1) / BATCH);
  engine.scoped((arena) => {
    const partial = arena.f64(blocks * 2 * BATCH * rows);
    const scratch = arena.f64(engine.threads * 4 * BATCH * Math.max(x.size, y.size));
    const alongX = [arena.putI32(x.fft.stages), arena.putF64(x.fft.twiddles)];
    const alongY = [arena.putI32(y.fft.stages), arena.putF64(y.fft.twiddles)];
    const work = 30 * x.size * y.size;
    const shape = [x.size, x.margin, rows, stride];
    const rowItems = Math.ceil(rows / (im === 0 ? 2 * BATCH : BATCH));
    engine.each('nufftRows', rowItems, work, re, im, ...shape, ...alongX, lowN, highN, partial, scratch);
    const factors = [arena.putF64(x.factors), arena.putF64(y.factors)];
    const modes = [lowN, highN, lowM, highM, ...factors, row, column, columns, even ? 1 : 0];
    const columnItems = Math.ceil(blocks / 2);
    engine.each('nufftColumns', columnItems, work, y.size, y.margin, rows, ...alongY, ...modes, partial, out, scratch);
  });
}

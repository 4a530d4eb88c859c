import type { SparseMapping } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { addTransposeInPlace } from '../linalg/symmetric.js';
import type { CurvatureOperator } from './curvatureOperator.js';

/**
 * F = T^t W T from W by displacement and a sparse T, pair by pair, without any intermediate array: every W_ij is
 * looked up once and added to F_st for the non-zeros of both rows. M^2 B^2 / 2 scattered products, on one thread.
 *
 * @param out where (S, S) is to stand; symmetric to the last bit
 */
export function curvatureDirect(
  engine: Engine,
  { image, columns, table }: CurvatureOperator,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  out: number,
): void {
  const { byRow, pixelRow, pixelColumn } = image;
  const imagePixels = byRow.length;
  const perRow = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  engine.scoped((arena) => {
    const pixelsOfImage = [arena.putI32(byRow), arena.putI32(pixelRow), arena.putI32(pixelColumn), imagePixels];
    const mapping = [arena.putI32(pixIndexes), arena.putF64(pixWeights), perRow, pixels];
    engine.call('curvatureDirect', ...pixelsOfImage, table, columns, ...mapping, out);
  });
  addTransposeInPlace(engine, out, pixels);
}

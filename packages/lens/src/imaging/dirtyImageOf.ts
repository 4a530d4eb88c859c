import { type NdArray, type PreparedVisibilities, real, WtildeError } from '@wtilde/core-types';
import { checkArray } from '../arguments/checkArguments.js';

/**
 * The dirty image (M) of an image (M), W times it: what the dirty image of a dataset would be if the sky were that
 * image and there were no noise, in the unit of `sums.dirtyImage`. The dirty image less that of the model is the
 * dirty image of the residual visibilities.
 *
 * Divided by the sum of weights, W at no displacement, both are in flux per beam. Cost: O(M^2).
 *
 * @throws DTypeMismatch or ShapeMismatch where the image is not one number for each open pixel of the dataset.
 */
export function dirtyImageOf(
  {
    wCompact,
    gridSize,
    nativeIndexForSlimIndex,
  }: Pick<PreparedVisibilities, 'wCompact' | 'gridSize' | 'nativeIndexForSlimIndex'>,
  image: NdArray<'real'>,
): NdArray<'real'> {
  checkArray(image, ['real'], ['M'], 'image');
  const native = nativeIndexForSlimIndex.data;
  const pixels = native.length / 2;
  if (image.data.length !== pixels) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the image is not that of the dataset',
      where: 'image',
      expected: `[${pixels}], one number for each open pixel`,
      actual: `[${image.shape.join(', ')}]`,
      remedy: 'pass an image on the pixels of the mask that the dataset was prepared with',
    });
  }
  const rows = rowsOf(native, gridSize, image.data);
  const width = 2 * gridSize - 1;
  const table = wCompact.data;
  const dirty = new Float64Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const row = native[2 * pixel];
    const column = native[2 * pixel + 1];
    let sum = 0;
    for (const { row: other, first, values } of rows) {
      // W of a displacement and of its opposite are equal; the table has the downward half.
      const step = row >= other ? -1 : 1;
      let at = Math.abs(row - other) * width + gridSize - 1 - step * (column - first);
      for (let k = 0; k < values.length; k++, at += step) sum += values[k] * table[at];
    }
    dirty[pixel] = sum;
  }
  return real(dirty);
}

/** The rows of the image that have open pixels, each from its first to its last of them, 0 between. */
function rowsOf(native: Int32Array, gridSize: number, image: Float64Array) {
  const rows: { row: number; first: number; values: Float64Array }[] = [];
  for (let from = 0, to = 0; from < image.length; from = to) {
    const row = native[2 * from];
    while (to < image.length && native[2 * to] === row) to++;
    const first = native[2 * from + 1];
    const values = new Float64Array(Math.min(gridSize, native[2 * to - 1] - first + 1));
    for (let pixel = from; pixel < to; pixel++) values[native[2 * pixel + 1] - first] = image[pixel];
    rows.push({ row, first, values });
  }
  return rows;
}

import type { ImageRows, MappedProducts, SparseMapping } from '@wtilde/numerics';
import { LANES } from '../sparse/gatherColumns.js';

/**
 * Adds up products of W T with X (S, S), symmetric, and the vectors s and q, group by group of its columns.
 * 2 S (nnz + 2 M) operations in all.
 */
export function createMappedProducts(
  { position }: ImageRows,
  { pixIndexes, pixels }: SparseMapping,
  X: Float64Array,
  s: Float64Array,
  q: Float64Array,
): MappedProducts & { add(first: number, lanes: number, images: Float64Array): void } {
  const imagePixels = position.length;
  const slots = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  const covariance = new Float64Array(pixIndexes.length);
  const fit = new Float64Array(imagePixels);
  const responseImage = new Float64Array(imagePixels);
  /** Columns of X as they go with the group, row by row: eight numbers of a source pixel in one cache line. */
  const slab = new Float64Array(LANES * (pixels + 2));

  function add(first: number, lanes: number, images: Float64Array): void {
    slab.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      const row = (first + lane) * pixels;
      for (let j = 0; j < pixels; j++) slab[LANES * j + lane] = X[row + j];
      slab[LANES * pixels + lane] = s[first + lane];
      slab[LANES * (pixels + 1) + lane] = q[first + lane];
    }
    for (let i = 0; i < imagePixels; i++) {
      const at = (LANES * position[i]) | 0;
      const i0 = images[at];
      const i1 = lanes > 1 ? images[at + 1] : 0;
      const i2 = lanes > 2 ? images[at + 2] : 0;
      const i3 = lanes > 3 ? images[at + 3] : 0;
      const i4 = lanes > 4 ? images[at + 4] : 0;
      const i5 = lanes > 5 ? images[at + 5] : 0;
      const i6 = lanes > 6 ? images[at + 6] : 0;
      const i7 = lanes > 7 ? images[at + 7] : 0;
      const times = (j: number): number => {
        const k = (LANES * j) | 0;
        return (
          i0 * slab[k] +
          i1 * slab[k + 1] +
          (i2 * slab[k + 2] + i3 * slab[k + 3]) +
          (i4 * slab[k + 4] + i5 * slab[k + 5] + (i6 * slab[k + 6] + i7 * slab[k + 7]))
        );
      };
      fit[i] += times(pixels);
      responseImage[i] += times(pixels + 1);
      for (let e = i * slots; e < (i + 1) * slots && pixIndexes[e] >= 0; e++) covariance[e] += times(pixIndexes[e]);
    }
  }

  return { covariance, fit, responseImage, add };
}

import { type NdArray, real } from '@wtilde/core-types';

/** A round Gaussian in the source plane. Lengths in arcsec. */
export interface Blob {
  readonly y: number;
  readonly x: number;
  readonly sigma: number;
  readonly peak: number;
}

/** The summed brightness of some Gaussians at (y, x) positions (M, 2): shape (M). */
export function blobsAt(blobs: readonly Blob[], grid: NdArray<'real'>): NdArray<'real'> {
  const image = new Float64Array(grid.shape[0]);
  for (const { y, x, sigma, peak } of blobs) {
    for (let i = 0; i < image.length; i++) {
      const square = (grid.data[2 * i] - y) ** 2 + (grid.data[2 * i + 1] - x) ** 2;
      image[i] += peak * Math.exp(-square / (2 * sigma ** 2));
    }
  }
  return real(image);
}

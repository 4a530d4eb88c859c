import { index, type NdArray } from '@wtilde/core-types';

/** The neighbours of the source pixels, as the regularization takes them. */
export interface MeshNeighbors {
  /** (S, P) neighbours of each source pixel, ascending; -1 pads to the largest count P. */
  readonly neighbors: NdArray<'index'>;
  /** (S) number of neighbours of each source pixel. */
  readonly neighborsSizes: NdArray<'index'>;
}

/** Neighbour lists of a graph whose edges, each listed once, are consecutive pairs in `edges`. */
export function neighborsOf(pixels: number, edges: readonly number[]): MeshNeighbors {
  const sizes = new Int32Array(pixels);
  for (const end of edges) sizes[end]++;
  const width = sizes.reduce((most, size) => Math.max(most, size), 0);

  const unsorted = new Int32Array(pixels * width);
  const filled = new Int32Array(pixels);
  for (let at = 0; at < edges.length; at++) {
    const end = edges[at];
    unsorted[end * width + filled[end]++] = edges[at ^ 1];
  }
  // The graph is undirected, so handing out every pixel to its neighbours in turn fills their lists in order.
  const sorted = new Int32Array(pixels * width).fill(-1);
  filled.fill(0);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let slot = 0; slot < sizes[pixel]; slot++) {
      const neighbor = unsorted[pixel * width + slot];
      sorted[neighbor * width + filled[neighbor]++] = pixel;
    }
  }
  return { neighbors: index(sorted, [pixels, width]), neighborsSizes: index(sizes) };
}

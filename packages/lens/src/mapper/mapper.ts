import type { NdArray } from '@wtilde/core-types';
import type { MeshNeighbors } from '../mesh/neighbors.js';

/** How image pixels map to source pixels, under the names of the kernels' arguments. */
export interface Mapper extends MeshNeighbors {
  /** S. */
  readonly pixels: number;
  /** (M, B) source pixels that each image pixel maps to; -1 ends a row. */
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  /** (M, B) their interpolation weights. */
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  /** (S, 2) the source pixels in the source plane, (y, x) in arcsec. */
  readonly vertices: NdArray<'real'>;
  /** Source pixels on the edge of the mesh that are meant to be zero, ascending: for who solves for positive sources. */
  readonly zeroedPixels?: NdArray<'index'> | undefined;
}

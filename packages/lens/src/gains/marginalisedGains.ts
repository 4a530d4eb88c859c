import type { NdArray } from '@wtilde/core-types';
import type { GainKind } from './gainKind.js';

/**
 * What averaging over gains does to the sums over visibilities. With the derivatives J (K, Q) of the visibilities by the
 * gains, their prior P and the noise N, the covariance of the visibilities is N + J P J^t. So W loses U U^t, where
 * U = B K (M, Q), B = Re(A^t N^-1 J) are dirty images of the columns of J, and K K^t = G^-1 = (P^-1 + J^t N^-1 J)^-1.
 *
 * Q goes by blocks of one interval and one kind; G has nothing between them, K is upper triangular in each.
 */
export interface MarginalisedGains {
  /** (M, Q) U. */
  readonly columns: NdArray<'real'>;
  /** (Q) antenna and beginning of the interval of every column, and whether it is an amplitude. */
  readonly antennas: NdArray<'index'>;
  readonly starts: NdArray<'real'>;
  readonly amplitudes: NdArray<'bool'>;
  /** K, block after block, row by row. */
  readonly factors: NdArray<'real'>;
  /** (Q) y = K^t J^t N^-1 d. */
  readonly projected: NdArray<'real'>;
  /** (M) what is added to the dirty image, and to the other sums. */
  readonly dirtyImage: NdArray<'real'>;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/** The gains of one kind and interval. */
export interface Block {
  readonly kind: GainKind;
  /** Its first column. */
  readonly first: number;
  readonly order: number;
  /** K (order, order). */
  readonly factor: Float64Array;
}

export function blocksOf({ starts, amplitudes, factors }: MarginalisedGains): readonly Block[] {
  const blocks: Block[] = [];
  const total = starts.data.length;
  for (let first = 0, at = 0; first < total; ) {
    let end = first + 1;
    const same = (q: number) => starts.data[q] === starts.data[first] && amplitudes.data[q] === amplitudes.data[first];
    while (end < total && same(end)) end++;
    const order = end - first;
    const factor = factors.data.subarray(at, at + order * order);
    blocks.push({ kind: amplitudes.data[first] === 0 ? 'phase' : 'amplitude', first, order, factor });
    at += order * order;
    first = end;
  }
  return blocks;
}

import type { MethodFacts, Sizes } from '@wtilde/core-types';

/** Bytes of the arguments and the result of a transform between K visibilities and M pixels. */
function bytes({ K, M }: Sizes): number {
  return 8 * (6 * K + 3 * M);
}

/** A sine and a cosine per pixel and visibility. */
export const direct: MethodFacts = {
  cost: (sizes) => ({ flops: 6 * sizes.K * sizes.M, bytes: bytes(sizes), time: 10 * sizes.K * sizes.M }),
};

/** Two products of per-axis tables over the bounding lattice of the grid. */
export const factorised: MethodFacts = {
  cost: (sizes) => {
    const points = sizes.latticePoints ?? sizes.M;
    return {
      flops: 4 * sizes.K * points,
      bytes: bytes(sizes),
      time: 0.5 * sizes.K * points + 15 * sizes.K * Math.sqrt(points),
    };
  },
  canRun: ({ latticePoints }) => latticePoints !== 0 || 'the grid lies on no regular lattice',
};

import type { MethodFacts, Sizes } from '@wtilde/core-types';
import { onLattice } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { latticeSumsFit, latticeSumsFlops } from './latticeSums.js';
import { slabSumsFit } from './slabSums.js';

/** Operations for a visibility at a point of any grid: phase by digits, sine, cosine, and the sum. */
const perPair = 40;

/** Bytes that a transform between K visibilities and M pixels takes from the host and brings there. */
function bytes({ K, M }: Sizes): number {
  return 24 * K + 8 * M;
}

/** Points of the bounding lattice of a grid; without a measure the grid is full. */
function pointsOf({ M, latticePoints = M }: Sizes): number {
  return latticePoints;
}

/** Products of per-axis tables over the lattice of an image. */
export function factorisedFacts(device: Device): Required<Pick<MethodFacts, 'cost' | 'canRun'>> {
  return {
    cost(sizes) {
      const side = Math.ceil(Math.sqrt(pointsOf(sizes)));
      return { flops: latticeSumsFlops(sizes.K, side, side), bytes: bytes(sizes) };
    },
    canRun(sizes) {
      const can = onLattice(sizes);
      return can === true ? latticeSumsFit(device, 1, pointsOf(sizes)) : can;
    },
  };
}

/** A phase for every pixel and visibility. */
export function directFacts(device: Device): Required<Pick<MethodFacts, 'cost' | 'canRun'>> {
  return {
    cost: (sizes) => ({ flops: perPair * sizes.K * sizes.M, bytes: bytes(sizes) }),
    canRun: ({ M }) => slabSumsFit(device, M),
  };
}

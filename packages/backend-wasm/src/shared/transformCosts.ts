import { type Effort, type TransformFacts, transformMethods } from '@wtilde/numerics';
import { nufftTime } from '../fourier/nufftPlan.js';

/** Sums over a lattice by products of per-axis tables. */
export function latticeEffort(K: number, rows: number, columns: number): Required<Effort> {
  const half = 0.5 * (columns + 1);
  return { flops: 4 * K * rows * half, time: 2e4 + K * (12 + 0.7 * (rows + half) + 0.19 * rows * half) };
}

/** Costs and refusals of the transforms between visibilities and the pixels of an image, by method. */
export const transforms: TransformFacts = transformMethods({
  direct: (K, points) => ({ flops: 6 * K * points, time: 2e4 + 6 * K * points }),
  factorised: latticeEffort,
  nufft: (sizes) => ({ time: nufftTime(sizes) }),
});

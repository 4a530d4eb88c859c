import { type LaidOutPlan, nufftPlanner, type TransformedAxis } from '@wtilde/numerics';
import { createFftPlan, type FftPlan } from './fft.js';
import { fitKernel, type KernelPolynomials } from './kernelPolynomials.js';

export type NufftAxis = TransformedAxis<FftPlan>;

/** Everything about a non-uniform FFT that does not depend on the visibilities, as the sums here take it. */
export type NufftPlan = LaidOutPlan<FftPlan, KernelPolynomials>;

export const { createNufftPlan, nufftTime } = nufftPlanner({
  times: {
    perVisibility: (width, real) => 50 + 4.5 * width + (real ? 0.85 : 1.7) * width * width,
    perCell: (real) => (real ? 13 : 21),
    plan: 3e5,
  },
  createFft: createFftPlan,
  fitKernel,
});

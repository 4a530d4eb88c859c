import { type LaidOutPlan, nufftPlanner } from '@wtilde/numerics';
import { createFftPlan, type FftPlan } from './fftPlan.js';
import { fitKernel, type KernelPolynomials } from './kernelPolynomials.js';

/** Everything about a non-uniform FFT that does not depend on the visibilities, as the sums here take it. */
export type NufftPlan = LaidOutPlan<FftPlan, KernelPolynomials>;

export const { createNufftPlan, nufftTime } = nufftPlanner({
  times: {
    perVisibility: (width, real) => 20 + 1.2 * width + (real ? 0.15 : 0.3) * width * width,
    perCell: (real) => (real ? 6 : 10),
    plan: 6e5,
  },
  createFft: createFftPlan,
  fitKernel,
});

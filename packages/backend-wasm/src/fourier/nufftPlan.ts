import { type LaidOutPlan, nufftPlanner } from '@wtilde/numerics';
import { createFftPlan, type FftPlan } from './fftPlan.js';
import { fitKernel, type KernelPolynomials } from './kernelPolynomials.js';

/** Everything about a non-uniform FFT that does not depend on the visibilities, as the sums here take it. */
export type NufftPlan = LaidOutPlan<FftPlan, KernelPolynomials>;

const parts = { createFft: createFftPlan, fitKernel };

export const { createNufftPlan, nufftTime } = nufftPlanner({
  ...parts,
  times: {
    perVisibility: (width, real) => (real ? 15 + width + 0.12 * width * width : 25 + 1.2 * width + 0.2 * width * width),
    perCell: (real) => (real ? 2.5 : 5),
    plan: 4e5,
  },
});

/** Plans of a real and a complex transform on one grid. */
export const { createNufftPlan: createJointPlan } = nufftPlanner({
  ...parts,
  times: {
    perVisibility: (width) => 45 + 1.5 * width + 0.5 * width * width,
    perCell: () => 7,
    plan: 4e5,
  },
});

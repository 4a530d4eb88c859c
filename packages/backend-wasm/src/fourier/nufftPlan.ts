import {
  chooseWidth,
  type NufftSizes,
  type NufftTimes,
  type NufftPlan as Planned,
  type NufftAxis as PlannedAxis,
  planNufft,
} from '@wtilde/numerics';
import { createFftPlan, type FftPlan } from './fftPlan.js';
import { fitKernel, type KernelPolynomials } from './kernelPolynomials.js';

/** Fitted to measurements. */
const times: NufftTimes = {
  perVisibility: (width, real) => 20 + 1.2 * width + (real ? 0.15 : 0.3) * width * width,
  perCell: (real) => (real ? 6 : 10),
  plan: 6e5,
};

/** One axis of the fine grid, with its Fourier transform. */
interface NufftAxis extends PlannedAxis {
  readonly fft: FftPlan;
}

/** Everything about a non-uniform FFT that does not depend on the visibilities, as the sums here take it. A value. */
export interface NufftPlan extends Omit<Planned, 'kernel' | 'kernelError'> {
  readonly x: NufftAxis;
  readonly y: NufftAxis;
  readonly kernel: KernelPolynomials;
}

export function createNufftPlan(sizes: NufftSizes): NufftPlan {
  const { kernel, kernelError, x, y, ...grid } = planNufft(sizes, times);
  const along = { ...x, fft: createFftPlan(x.size) };
  return {
    ...grid,
    x: along,
    y: y === x ? along : { ...y, fft: createFftPlan(y.size) },
    kernel: fitKernel(kernel, kernelError),
  };
}

/** Nanoseconds of a non-uniform FFT. */
export function nufftTime(sizes: NufftSizes): number {
  return chooseWidth(sizes, times).cost;
}

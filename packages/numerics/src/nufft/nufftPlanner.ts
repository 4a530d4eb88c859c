import {
  chooseWidth,
  type NufftAxis,
  type NufftPlan,
  type NufftSizes,
  type NufftTimes,
  planNufft,
} from './nufftPlan.js';
import type { SpreadingKernel } from './spreadingKernel.js';

/** One axis of the fine grid, with its Fourier transform. */
export interface TransformedAxis<Fft> extends NufftAxis {
  readonly fft: Fft;
}

/** A plan as the sums of a backend take it: with its own transforms, and its own layout of the kernel. A value. */
export interface LaidOutPlan<Fft, Kernel> extends Omit<NufftPlan, 'kernel' | 'kernelError'> {
  readonly x: TransformedAxis<Fft>;
  readonly y: TransformedAxis<Fft>;
  readonly kernel: Kernel;
}

/** What a backend has of its own. */
export interface NufftParts<Fft, Kernel> {
  /** Fitted to its measurements. */
  readonly times: NufftTimes;
  createFft(size: number): Fft;
  fitKernel(kernel: SpreadingKernel, error: number): Kernel;
}

/** Plans of one backend. */
export function nufftPlanner<Fft, Kernel>({ times, createFft, fitKernel }: NufftParts<Fft, Kernel>) {
  return {
    createNufftPlan(sizes: NufftSizes): LaidOutPlan<Fft, Kernel> {
      const { kernel, kernelError, x, y, ...grid } = planNufft(sizes, times);
      const along = { ...x, fft: createFft(x.size) };
      return {
        ...grid,
        x: along,
        y: y === x ? along : { ...y, fft: createFft(y.size) },
        kernel: fitKernel(kernel, kernelError),
      };
    },
    /** Nanoseconds of a non-uniform FFT. */
    nufftTime: (sizes: NufftSizes): number => chooseWidth(sizes, times).cost,
  };
}

import { WtildeError } from '@wtilde/core-types';
import { goodSize } from './goodSize.js';
import { createKernel, deconvolution, oversamplingFor, type SpreadingKernel, WIDTHS } from './spreadingKernel.js';

/** What rounding leaves of a float64 transform, relative to the sum of the absolute strengths. */
const LEAST_TOLERANCE = 1e-14;

/** Oversampling below which the transform of the kernel gets so small that rounding shows. */
const LEAST_OVERSAMPLING = 1.4;

/** Largest grid, relative to the modes, that a smaller kernel may cost. */
const MOST_OVERSAMPLING = 5;

/** What a plan is for: modes n = -(modes - 1) / 2 to modes / 2 along either axis, rounded down. */
export interface NufftSizes {
  /** Modes along x, the columns of an image. */
  readonly modesX: number;
  /** Modes along y, the rows of an image. */
  readonly modesY: number;
  /** True when strengths and fine grid are real, which halves the work. */
  readonly real: boolean;
  /** Error relative to the sum of the absolute strengths, 1e-1 to 1e-14. */
  readonly tolerance: number;
  /** About how many visibilities there will be; it only weighs spreading against the FFT. */
  readonly visibilities: number;
}

/** One axis of the fine grid. */
export interface NufftAxis {
  /** Cells of one period. */
  readonly size: number;
  /** Cells stored before and after it, which spreading may touch; folded back when it is done. */
  readonly margin: number;
  /** What mode |n| is multiplied by. */
  readonly factors: Float64Array;
}

/** Everything about a non-uniform FFT that does not depend on the visibilities. A value. */
export interface NufftPlan {
  readonly sizes: NufftSizes;
  readonly x: NufftAxis;
  readonly y: NufftAxis;
  /** Cells from one stored row of the fine grid to the next. */
  readonly stride: number;
  readonly kernel: SpreadingKernel;
  /** Up to which an approximation of the kernel may be wrong; its largest value is 1. */
  readonly kernelError: number;
}

/**
 * Nanoseconds of a type-1 or type-2 transform on a backend, by its own measurements: per visibility, that is placing,
 * sorting, two kernel evaluations and width^2 cells; per cell of the grid, that is clearing, folding and the FFT; and of
 * the plan itself.
 */
export interface NufftTimes {
  perVisibility(width: number, real: boolean): number;
  perCell(real: boolean): number;
  readonly plan: number;
}

/**
 * Chooses kernel width and grid size from the tolerance, by least cost, and prepares the kernel.
 *
 * A wider kernel costs more per visibility and allows a smaller grid; every width has one oversampling
 * at which it meets the tolerance.
 */
export function planNufft(sizes: NufftSizes, times: NufftTimes): NufftPlan {
  const { modesX, modesY, tolerance } = sizes;
  const { width, sigma } = chooseWidth(sizes, times);
  const sizeX = fineSize(modesX, width, sigma);
  const sizeY = fineSize(modesY, width, sigma);
  // The oversampling reached is at least the one asked for; the smaller of both axes is kept.
  const kernel = createKernel(width, Math.min(sizeX / modesX, sizeY / modesY, MOST_OVERSAMPLING));
  const x = createAxis(kernel, sizeX, modesX);
  const y = sizeX === sizeY && modesX === modesY ? x : createAxis(kernel, sizeY, modesY);
  return {
    sizes,
    x,
    y,
    stride: conflictFreeStride(sizeX + 2 * x.margin),
    kernel,
    kernelError: Math.max(tolerance / 50, 2e-15),
  };
}

function createAxis(kernel: SpreadingKernel, size: number, modes: number): NufftAxis {
  return {
    size,
    margin: kernel.width / 2 + 1,
    factors: deconvolution(kernel, size, (modes >> 1) + 1),
  };
}

/** The width with the least cost, the oversampling that it needs, and that cost. */
export function chooseWidth(sizes: NufftSizes, times: NufftTimes): { width: number; sigma: number; cost: number } {
  const { tolerance } = sizes;
  if (!(tolerance >= LEAST_TOLERANCE && tolerance < 1)) {
    throw new WtildeError('InvalidOption', {
      what: 'no spreading kernel has this tolerance',
      where: 'the non-uniform FFT',
      expected: `${LEAST_TOLERANCE} to 1`,
      actual: `${tolerance}`,
      remedy: 'choose a larger tolerance, or the factorised method, which has none',
    });
  }
  const candidates = WIDTHS.map((width) => {
    const sigma = Math.max(oversamplingFor(width, tolerance), LEAST_OVERSAMPLING);
    const fits = sigma <= MOST_OVERSAMPLING;
    return { width, sigma, cost: fits ? timeOf(sizes, times, width, sigma) : Number.POSITIVE_INFINITY };
  });
  return candidates.reduce((best, candidate) => (candidate.cost < best.cost ? candidate : best));
}

function timeOf({ modesX, modesY, real, visibilities }: NufftSizes, times: NufftTimes, width: number, sigma: number) {
  const cells = fineSize(modesX, width, sigma) * fineSize(modesY, width, sigma);
  return times.plan + visibilities * times.perVisibility(width, real) + cells * times.perCell(real);
}

/** Cells of one period: oversampled modes, at least two kernels, with small prime factors. */
function fineSize(modes: number, width: number, sigma: number): number {
  return goodSize(Math.max(Math.ceil(sigma * modes), 2 * width));
}

/** At least `length`, an odd number of cache lines, so that rows do not compete for one cache set. */
function conflictFreeStride(length: number): number {
  const lines = Math.ceil(length / 8);
  return 8 * (lines + 1 - (lines % 2));
}

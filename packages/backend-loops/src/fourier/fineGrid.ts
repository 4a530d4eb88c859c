import { interpolate } from './interpolate.js';
import { evaluateKernel } from './kernelPolynomials.js';
import type { NufftPlan } from './nufftPlan.js';
import type { NufftPoints } from './nufftPoints.js';
import { spread } from './spread.js';

/** Visibilities whose kernel values are held at once: 24 kB with a width of 12. A multiple of four. */
const BLOCK = 128;

/** The oversampled periodic grid of a non-uniform FFT, with its margins; `im` only for complex strengths. */
export interface FineGrid {
  readonly re: Float64Array;
  readonly im: Float64Array | undefined;
}

/** Cells stored, margins included. */
function fineGridLength({ y, stride }: NufftPlan): number {
  return (y.size + 2 * y.margin) * stride;
}

/** A grid of zeros. */
export function createFineGrid(plan: NufftPlan): FineGrid {
  const length = fineGridLength(plan);
  return {
    re: new Float64Array(length),
    im: plan.sizes.real ? undefined : new Float64Array(length),
  };
}

/** grid += other, cell by cell. */
export function addGrid(grid: FineGrid, other: FineGrid): void {
  addCells(grid.re, other.re);
  if (grid.im !== undefined && other.im !== undefined) addCells(grid.im, other.im);
}

function addCells(values: Float64Array, others: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] += others[i];
}

/** Buffers for a block of visibilities, reused from block to block. */
export interface KernelBlock {
  readonly cell: Int32Array;
  readonly offsets: Float64Array;
  readonly factorsX: Float64Array;
  readonly factorsY: Float64Array;
  /** `factorsY` times a strength. */
  readonly scaledY: Float64Array;
  readonly values: Float64Array;
}

/** Buffers for the width of a plan. */
export function createKernelBlock({ kernel }: NufftPlan): KernelBlock {
  return {
    cell: new Int32Array(BLOCK),
    offsets: new Float64Array(BLOCK),
    factorsX: new Float64Array(BLOCK * kernel.width),
    factorsY: new Float64Array(BLOCK * kernel.width),
    scaledY: new Float64Array(BLOCK * kernel.width),
    values: new Float64Array(BLOCK),
  };
}

/** Adds the first `count` sorted visibilities, with their strengths, to a grid. */
export function spreadPoints(
  { kernel, stride }: NufftPlan,
  points: NufftPoints,
  count: number,
  grid: FineGrid,
  block: KernelBlock,
): void {
  const { width } = kernel;
  const { cell, factorsX, scaledY } = block;
  for (let first = 0; first < count; first += BLOCK) {
    const length = Math.min(BLOCK, count - first);
    fillBlock(kernel, points, first, length, block);
    scaleRows(block, width, points.re, points.order, first, length);
    spread(grid.re, stride, cell, width, factorsX, scaledY, length);
    if (grid.im === undefined) continue;
    scaleRows(block, width, points.im, points.order, first, length);
    spread(grid.im, stride, cell, width, factorsX, scaledY, length);
  }
}

/** Reads the first `count` sorted visibilities off a grid into points.re and points.im. */
export function interpolatePoints(
  { kernel, stride }: NufftPlan,
  points: NufftPoints,
  count: number,
  grid: FineGrid,
  block: KernelBlock,
): void {
  const { width } = kernel;
  const { cell, factorsX, factorsY, values } = block;
  for (let first = 0; first < count; first += BLOCK) {
    const length = Math.min(BLOCK, count - first);
    fillBlock(kernel, points, first, length, block);
    values.fill(0);
    interpolate(grid.re, stride, cell, width, factorsX, factorsY, length, values);
    for (let p = 0; p < length; p++) points.re[points.order[first + p]] = values[p];
    if (grid.im === undefined) continue;
    values.fill(0);
    interpolate(grid.im, stride, cell, width, factorsX, factorsY, length, values);
    for (let p = 0; p < length; p++) points.im[points.order[first + p]] = values[p];
  }
}

/** Cells and kernel values of a block of the sorted visibilities. */
function fillBlock(
  kernel: NufftPlan['kernel'],
  { cell, offsetX, offsetY, order }: NufftPoints,
  first: number,
  length: number,
  block: KernelBlock,
): void {
  const { offsets } = block;
  for (let p = 0; p < length; p++) {
    const k = order[first + p];
    block.cell[p] = cell[k];
    offsets[p] = offsetX[k];
  }
  evaluateKernel(kernel, offsets, length, block.factorsX);
  for (let p = 0; p < length; p++) offsets[p] = offsetY[order[first + p]];
  evaluateKernel(kernel, offsets, length, block.factorsY);
}

/** scaledY = factorsY times the strength of the visibility. */
function scaleRows(
  { factorsY, scaledY }: KernelBlock,
  width: number,
  strength: Float64Array,
  order: Int32Array,
  first: number,
  length: number,
): void {
  for (let p = 0, i = 0; p < length; p++) {
    const factor = strength[order[first + p]];
    for (const end = i + width; i < end; i++) scaledY[i] = factor * factorsY[i];
  }
}

/** Moves what was spread beyond the period to where it belongs, along both axes. */
export function foldMargins({ x, y, stride }: NufftPlan, values: Float64Array): void {
  const rows = y.size + 2 * y.margin;
  for (let row = 0; row < rows; row++) {
    const start = row * stride + x.margin;
    for (let n = 0; n < x.margin; n++) {
      values[start + n] += values[start + x.size + n];
      values[start + x.size - 1 - n] += values[start - 1 - n];
    }
    values.fill(0, start - x.margin, start);
    values.fill(0, start + x.size, start + x.size + x.margin);
  }
  const period = y.size * stride;
  const inside = y.margin * stride;
  for (let n = 0; n < inside; n++) {
    values[inside + n] += values[inside + period + n];
    values[inside + period - 1 - n] += values[inside - 1 - n];
  }
  values.fill(0, 0, inside);
  values.fill(0, inside + period);
}

/** Copies the period into the margins, along both axes: the transpose of {@link foldMargins}. */
export function extendMargins({ x, y, stride }: NufftPlan, values: Float64Array): void {
  const period = y.size * stride;
  const inside = y.margin * stride;
  for (let row = y.margin; row < y.margin + y.size; row++) {
    const start = row * stride + x.margin;
    for (let n = 0; n < x.margin; n++) {
      values[start + x.size + n] = values[start + n];
      values[start - 1 - n] = values[start + x.size - 1 - n];
    }
  }
  values.copyWithin(0, period, period + inside);
  values.copyWithin(inside + period, inside, 2 * inside);
}

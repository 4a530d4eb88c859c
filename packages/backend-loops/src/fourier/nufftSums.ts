import { WtildeError } from '@wtilde/core-types';
import type { NufftTarget, OnBlock, Strengths } from '@wtilde/numerics';
import {
  addGrid,
  createFineGrid,
  createKernelBlock,
  type FineGrid,
  type KernelBlock,
  spreadPoints,
} from './fineGrid.js';
import { collectModes } from './nufftModes.js';
import { createNufftPlan, type NufftPlan } from './nufftPlan.js';
import { createNufftPoints, type NufftPoints, placePoints, sortByTile } from './nufftPoints.js';
import { cosSinOfTurns } from './turns.js';

/** Visibilities sorted together, at most; the buffers take 60 bytes for each. */
const CHUNK = 65536;

/**
 * Sums over visibilities at the points of a target by a type-1 non-uniform FFT, taken part by part:
 * out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))).
 *
 * Memory is that of the fine grid, twice from the second part on; it does not grow with K.
 *
 * Sums are reproducible: every part (one call of {@link addVisibilities}) is spread on an empty grid in
 * a fixed order and then added as a whole. So the result depends on the parts and their order only,
 * and merging sums of one part each, in order, gives the same bits as adding those parts one after the
 * other. Merging sums of several parts each changes the order of additions and may change last bits.
 */
export interface NufftSums {
  readonly target: NufftTarget;
  readonly plan: NufftPlan;
  /** Parts added or merged so far. */
  parts: number;
  readonly total: FineGrid;
  /** The grid of one part, made when the second one comes. */
  part: FineGrid | undefined;
  readonly points: NufftPoints;
  readonly block: KernelBlock;
}

/**
 * Empty sums.
 *
 * @param tolerance error relative to sum |q|, 1e-1 to 1e-14
 * @param visibilities about how many there will be: the kernel is chosen for the least cost
 */
export function createNufftSums(target: NufftTarget, tolerance: number, visibilities: number): NufftSums {
  const { modesX, modesY, even } = target;
  const plan = createNufftPlan({ modesX, modesY, real: even, tolerance, visibilities });
  return {
    target,
    plan,
    parts: 0,
    total: createFineGrid(plan),
    part: undefined,
    points: createNufftPoints(plan, Math.min(CHUNK, Math.max(visibilities, 1024))),
    block: createKernelBlock(plan),
  };
}

/**
 * Adds one part: any number of visibilities.
 *
 * @param strengths real ones for an even target
 * @param uvWavelengths (K, 2) of the same visibilities
 */
export function addVisibilities(
  sums: NufftSums,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  onBlock?: OnBlock,
): void {
  const { plan, target, points, block } = sums;
  const grid = sums.parts === 0 ? sums.total : emptyPart(sums);
  for (let first = 0; first < strengths.length; first += points.capacity) {
    const count = Math.min(points.capacity, strengths.length - first);
    placePoints(plan, points, uvWavelengths, target, first, count);
    sortByTile(points, count);
    strengths.fill(first, count, points.re, points.im);
    if (!target.even) turnStrengths(target, points, strengths.complex, uvWavelengths, first, count);
    spreadPoints(plan, points, count, grid, block);
    onBlock?.(first + count, strengths.length);
  }
  if (grid !== sums.total) addGrid(sums.total, grid);
  sums.parts++;
}

/** Adds the parts of other sums, created with the same target, tolerance and number of visibilities. */
export function mergeNufftSums(sums: NufftSums, others: NufftSums): void {
  if (!samePlan(sums, others)) {
    throw new WtildeError('InvalidValue', {
      what: 'sums over visibilities were made for different targets or tolerances',
      where: 'mergeNufftSums',
      remedy: 'create all sums that are to be merged with the same arguments',
    });
  }
  if (others.parts === 0) return;
  addGrid(sums.total, others.total);
  sums.parts += others.parts;
}

/**
 * The sums at every point of the target; more may be added afterwards.
 *
 * @param out (rows, columns), overwritten
 */
export function finishNufftSums({ plan, target, total }: NufftSums, out: Float64Array): Float64Array {
  const { row, column, columns, even } = target;
  collectModes(plan, total, target.range, (m, n, value) => {
    if (!even) out[(row - m) * columns + column + n] = value;
    else if (m <= 0) out[-m * columns + column + n] = value;
    // The other half of the columns, as the sum at (-m, -n) is that at (m, n).
    if (even && m >= 0) out[m * columns + column - n] = value;
  });
  return out;
}

function samePlan(a: NufftSums, b: NufftSums): boolean {
  const sizes = (sums: NufftSums): unknown[] => [
    sums.target.pitchY,
    sums.target.pitchX,
    sums.target.x,
    sums.target.y,
    ...Object.values(sums.plan.sizes),
  ];
  const others = sizes(b);
  return sizes(a).every((value, i) => value === others[i]);
}

/** The grid of a part, cleared. */
function emptyPart(sums: NufftSums): FineGrid {
  if (sums.part === undefined) {
    sums.part = createFineGrid(sums.plan);
  } else {
    sums.part.re.fill(0);
    sums.part.im?.fill(0);
  }
  return sums.part;
}

/**
 * Turns the strengths by the phase of the point of mode (0, 0), and conjugates them, since
 * Re(q exp(i phi)) = Re(conj(q) exp(-i phi)) and modes are sums with exp(-i phi).
 */
function turnStrengths(
  { x, y }: NufftTarget,
  { re, im, turns, cos, sin }: NufftPoints,
  complex: boolean,
  uvWavelengths: Float64Array,
  first: number,
  count: number,
): void {
  for (let k = 0, i = 2 * first; k < count; k++, i += 2) {
    turns[k] = uvWavelengths[i] * x + uvWavelengths[i + 1] * y;
  }
  cosSinOfTurns(turns, count, cos, sin);
  for (let k = 0; k < count; k++) {
    const qRe = re[k];
    const qIm = complex ? im[k] : 0;
    re[k] = qRe * cos[k] - qIm * sin[k];
    im[k] = -(qRe * sin[k] + qIm * cos[k]);
  }
}

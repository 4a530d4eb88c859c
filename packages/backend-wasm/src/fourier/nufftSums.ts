import type { NufftTarget, OnBlock, Strengths } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { createNufftPlan, type NufftPlan } from './nufftPlan.js';
import { createVisibilityBlock } from './visibilityBlocks.js';

/** Visibilities sorted together, at most. */
const ROUND = 65536;
/** Parts of a round that are counted and moved apart. */
const PARTS = 8;
/** Sequences that the compiled transform takes together. */
const BATCH = 8;

/**
 * Sums over visibilities at the points of a target by a type-1 non-uniform FFT:
 * out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))), to `tolerance` times sum |q_k|.
 *
 * Visibilities are sorted by tiles of the fine grid, round by round, and spread band by band: bands of one parity touch
 * different rows, so threads need no grids of their own and the order of additions is the same for any number of them.
 * Memory is that of the fine grid and of a round; it does not grow with K.
 *
 * @param uvWavelengths (K, 2)
 * @param tolerance 1e-1 to 1e-14
 * @returns where (rows, columns) stand in the memory
 */
export function nufftSums(
  engine: Engine,
  arena: Arena,
  target: NufftTarget,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  tolerance: number,
  onBlock?: OnBlock,
): number {
  const { rows, columns, modesX, modesY, even: real } = target;
  const out = arena.f64(rows * columns);
  if (rows === 0 || columns === 0) return out;
  const plan = createNufftPlan({ modesX, modesY, real, tolerance, visibilities: strengths.length });
  const cells = (plan.y.size + 2 * plan.y.margin) * plan.stride;
  return engine.scoped((scoped) => {
    const grid = { re: scoped.zeros(cells), im: real ? 0 : scoped.zeros(cells) };
    engine.scoped((ours) => spreadAll(engine, ours, plan, target, strengths, uvWavelengths, grid, onBlock));
    collectModes(engine, scoped, plan, target, grid, out);
    return out;
  });
}

interface FineGrid {
  readonly re: number;
  /** 0 for a real grid. */
  readonly im: number;
}

function spreadAll(
  engine: Engine,
  arena: Arena,
  plan: NufftPlan,
  target: NufftTarget,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  grid: FineGrid,
  onBlock: OnBlock | undefined,
): void {
  const { x, y, stride, kernel } = plan;
  const total = strengths.length;
  const round = Math.max(1, Math.min(total, ROUND));
  const perItem = Math.ceil(round / PARTS);
  const across = engine.call('nufftTilesAcross', stride);
  const bands = engine.call('nufftBands', y.size + 2 * y.margin);
  const tiles = across * bands;
  const half = kernel.width / 2;
  const shifts = [(x.size >> 1) + x.margin, (y.size >> 1) + y.margin];
  const geometry = arena.putF64(
    Float64Array.of(target.pitchX, target.pitchY, x.size, y.size, half, ...shifts, stride, across),
  );
  const block = createVisibilityBlock(engine, arena, round, uvWavelengths, strengths, !target.even);
  const counts = arena.i32(PARTS * tiles);
  const tileStart = arena.i32(tiles + 1);
  const cells = arena.i32(round + 1);
  const points = arena.f64(4 * (round + 1));
  const sorted = [across, tileStart, cells, points];
  const polynomials = [kernel.width, arena.putI32(kernel.terms), arena.putF64(kernel.coefficients)];
  const fine = [stride, grid.re, grid.im, arena.f64(engine.threads * (4 * kernel.width + 16))];
  const turning = target.even ? 0 : arena.f64(engine.threads * 1040);
  const spreadWork = (target.even ? 2 : 4) * kernel.width ** 2;
  for (let first = 0; first < total; first += round) {
    const count = Math.min(round, total - first);
    block.load(first, count);
    const { uv, re, im } = block;
    if (!target.even) {
      const isComplex = strengths.complex ? 1 : 0;
      const turns = [target.x, target.y, re, im, isComplex, turning];
      engine.each('turnStrengths', Math.ceil(count / 512), 50 * count, uv, count, ...turns);
    }
    engine.each('nufftCount', PARTS, 20 * count, geometry, uv, count, perItem, tiles, counts);
    engine.call('nufftPlaces', PARTS, tiles, counts, tileStart);
    const to = [count, perItem, tiles, counts, cells, points];
    engine.each('nufftScatter', PARTS, 30 * count, geometry, uv, re, im, ...to);
    for (const parity of [0, 1]) {
      engine.each('nufftSpread', bands / 2, spreadWork * count, parity, ...sorted, ...polynomials, ...fine);
    }
    onBlock?.(first + count, total);
  }
}

/** The modes of the fine grid, deconvolved, at the points of the target. Uses the grid up. */
function collectModes(
  engine: Engine,
  arena: Arena,
  { x, y, stride }: NufftPlan,
  { row, column, columns, even, range }: NufftTarget,
  { re, im }: FineGrid,
  out: number,
): void {
  const { lowM, highM, lowN, highN } = range;
  const shape = [x.size, x.margin, y.size, y.margin, stride];
  for (const grid of even ? [re] : [re, im]) engine.call('nufftFold', grid, ...shape);
  const blocks = Math.ceil((highN - lowN + 1) / BATCH);
  const partial = arena.f64(blocks * 2 * BATCH * y.size);
  const scratch = arena.f64(engine.threads * 4 * BATCH * Math.max(x.size, y.size));
  const alongX = [arena.putI32(x.fft.stages), arena.putF64(x.fft.twiddles)];
  const alongY = [arena.putI32(y.fft.stages), arena.putF64(y.fft.twiddles)];
  const work = 60 * x.size * y.size;
  const rowItems = Math.ceil(y.size / (even ? 2 * BATCH : BATCH));
  engine.each('nufftRows', rowItems, work, re, im, ...shape, ...alongX, lowN, highN, partial, scratch);
  const factors = [arena.putF64(x.factors), arena.putF64(y.factors)];
  const modes = [lowN, highN, lowM, highM, ...factors, row, column, columns, even ? 1 : 0];
  engine.each('nufftColumns', blocks, work, y.size, ...alongY, ...modes, partial, out, scratch);
}

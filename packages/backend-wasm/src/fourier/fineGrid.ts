import type { NufftTarget, OnBlock } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import type { NufftPlan } from './nufftPlan.js';
import { BLOCK, type VisibilitySource } from './visibilitySource.js';

/** Visibilities that a thread counts and moves in one go, as the compiled code has it. */
const PART = 8192;
/** Visibilities sorted together, at most and at least. */
const [MOST, LEAST] = [2 ** 20, 65536];
/** Visibilities of a tile for which its cells are worth fetching. */
const PER_TILE = 512;

/** Where visibilities are spread, until the sums are asked for: half of a period along y, and what they touch beyond. */
export interface FineGrid {
  readonly plan: NufftPlan;
  readonly rows: number;
  /** An array for every strength: real ones, or real and imaginary parts and then, perhaps, real ones. */
  readonly planes: readonly number[];
}

/** An empty grid. */
export function createFineGrid(arena: Arena, plan: NufftPlan, planes: number): FineGrid {
  const { y, stride } = plan;
  const rows = (y.size >> 1) + 2 * y.margin + 1;
  return { plan, rows, planes: Array.from({ length: planes }, () => arena.zeros(rows * stride)) };
}

/**
 * Spreads visibilities on a fine grid.
 *
 * They are sorted by tiles of it, round by round, and spread band by band: bands of one parity touch different rows, so
 * threads need no grids of their own and the order of additions is the same for any number of them. Memory is that of a
 * round, 60 MB at most; it does not grow with K.
 */
export function spreadVisibilities(
  engine: Engine,
  { plan, rows, planes }: FineGrid,
  { pitchX, pitchY }: Pick<NufftTarget, 'pitchX' | 'pitchY'>,
  source: VisibilitySource,
  onBlock?: OnBlock,
): void {
  const { x, y, stride, kernel } = plan;
  const total = source.length;
  if (total === 0) return;
  const across = engine.call('nufftTilesAcross', stride);
  const bands = engine.call('nufftBands', rows);
  const tiles = across * bands;
  const round = Math.min(total, roundFor(total, tiles));
  engine.scoped((arena) => {
    const half = kernel.width / 2;
    const before = [(x.size >> 1) + x.margin, y.margin];
    const geometry = arena.putF64(Float64Array.of(pitchX, pitchY, x.size, y.size, half, ...before, stride, across));
    const counts = arena.i32(Math.ceil(round / PART) * tiles);
    const tileStart = arena.i32(tiles + 1);
    const records = arena.f64((round + 1) * (3 + planes.length));
    const polynomials = [kernel.width, arena.putI32(kernel.terms), arena.putF64(kernel.coefficients)];
    const grids = [planes.length, ...three(planes)];
    const scratch = arena.f64(engine.threads * (4 * kernel.width + 16));
    for (let first = 0; first < total; first += round) {
      const last = Math.min(first + round, total);
      const eachBlock = (work: (from: number, count: number, counted: number) => void) => {
        for (let from = first; from < last; from += BLOCK) {
          work(from, Math.min(BLOCK, last - from), counts + 4 * tiles * ((from - first) / PART));
        }
      };
      eachBlock((from, count, counted) => {
        const uv = source.baselines(from, count);
        engine.each('nufftCount', Math.ceil(count / PART), 20 * count, geometry, uv, count, tiles, counted);
      });
      engine.call('nufftPlaces', Math.ceil((last - first) / PART), tiles, counts, tileStart);
      eachBlock((from, count, counted) => {
        const { uv, strengths } = source.load(from, count);
        const what = [geometry, uv, planes.length, ...three(strengths), count, tiles, counted, records];
        engine.each('nufftScatter', Math.ceil(count / PART), 30 * count, ...what);
        onBlock?.(from + count, total);
      });
      const work = planes.length * (last - first) * kernel.width ** 2;
      for (const parity of [0, 1]) {
        const sorted = [parity, across, tileStart, records, ...polynomials];
        engine.each('nufftSpread', bands / 2, work, ...sorted, stride, ...grids, scratch);
      }
    }
  });
}

/** Visibilities of a round, whole blocks: rounds of equal size that leave as many in a tile as it takes to be worth it. */
function roundFor(total: number, tiles: number): number {
  const most = Math.min(MOST, Math.max(LEAST, PER_TILE * tiles));
  const rounds = Math.ceil(total / most);
  return BLOCK * Math.ceil(total / rounds / BLOCK);
}

/** Pointers, 0 where there is none. */
function three([first = 0, second = 0, third = 0]: readonly number[]): readonly number[] {
  return [first, second, third];
}

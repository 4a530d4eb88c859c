import type { NufftTarget, OnBlock } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import type { NufftPlan } from './nufftPlan.js';
import { BLOCK, type VisibilitySource } from './visibilitySource.js';

/** Visibilities that a thread counts and moves in one go, as the compiled code has it. */
const PART = 8192;
/** Visibilities sorted together, at most and at least. */
const [MOST, LEAST] = [2 ** 20, 65536];
/** Numbers that a thread clears in one go, as the compiled code has it. */
const CLEARED = 65536;
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
export function createFineGrid(engine: Engine, arena: Arena, plan: NufftPlan, planes: number): FineGrid {
  const { y, stride } = plan;
  const rows = (y.size >> 1) + 2 * y.margin + 1;
  const length = rows * stride;
  const cleared = () => {
    const plane = arena.f64(length);
    engine.each('clearNumbers', Math.ceil(length / CLEARED), length, plane, length);
    return plane;
  };
  return { plan, rows, planes: Array.from({ length: planes }, cleared) };
}

/**
 * Spreads visibilities on a fine grid, tile by tile: those of one turn touch different cells, so threads need no grids of
 * their own and the order of additions is the same for any number of them.
 */
export function spreadVisibilities(
  engine: Engine,
  grid: FineGrid,
  target: Pick<NufftTarget, 'pitchX' | 'pitchY'>,
  source: VisibilitySource,
  onBlock?: OnBlock,
): void {
  const { plan, planes } = grid;
  eachRound(engine, grid, target, source, onBlock, ({ bands, scratch, ...sorted }, first, last) => {
    const work = planes.length * (last - first) * plan.kernel.width ** 2;
    const where = [plan.stride, planes.length, ...three(planes), scratch];
    for (let turn = 0; turn < 4; turn++) {
      engine.each('nufftSpread', (bands * sorted.across) / 4, work, turn, ...sortedArguments(sorted), ...where);
    }
  });
}

/** Visibilities sorted by tiles of a fine grid, in the memory. */
interface SortedVisibilities {
  /** Bands of tiles and tiles of a band, even numbers. */
  readonly bands: number;
  readonly across: number;
  readonly tileStart: number;
  readonly records: number;
  /** Width, terms and coefficients of the kernel. */
  readonly polynomials: readonly number[];
  /** What evaluating the kernel takes on every thread. */
  readonly scratch: number;
}

/** As the compiled code takes them. */
export function sortedArguments({
  across,
  tileStart,
  records,
  polynomials,
}: Omit<SortedVisibilities, 'bands' | 'scratch'>): readonly number[] {
  return [across, tileStart, records, ...polynomials];
}

/**
 * Sorts visibilities by tiles of a fine grid, round by round. Memory is that of a round, 60 MB at most; it does not grow
 * with K.
 */
export function eachRound(
  engine: Engine,
  { plan, rows, planes }: FineGrid,
  { pitchX, pitchY }: Pick<NufftTarget, 'pitchX' | 'pitchY'>,
  source: VisibilitySource,
  onBlock: OnBlock | undefined,
  work: (sorted: SortedVisibilities, first: number, last: number) => void,
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
    const sorted = {
      bands,
      across,
      tileStart: arena.i32(tiles + 1),
      records: arena.f64((round + 1) * (3 + planes.length)),
      polynomials: [kernel.width, arena.putI32(kernel.terms), arena.putF64(kernel.coefficients)],
      scratch: arena.f64(engine.threads * (4 * kernel.width + 16)),
    };
    for (let first = 0; first < total; first += round) {
      const last = Math.min(first + round, total);
      const eachBlock = (take: (from: number, count: number, counted: number) => void) => {
        for (let from = first; from < last; from += BLOCK) {
          take(from, Math.min(BLOCK, last - from), counts + 4 * tiles * ((from - first) / PART));
        }
      };
      eachBlock((from, count, counted) => {
        const uv = source.baselines(from, count);
        engine.each('nufftCount', Math.ceil(count / PART), 20 * count, geometry, uv, count, tiles, counted);
      });
      engine.call('nufftPlaces', Math.ceil((last - first) / PART), tiles, counts, sorted.tileStart);
      eachBlock((from, count, counted) => {
        const { uv, strengths } = source.load(from, count);
        const what = [geometry, uv, planes.length, ...three(strengths), count, tiles, counted, sorted.records];
        engine.each('nufftScatter', Math.ceil(count / PART), 30 * count, ...what);
        onBlock?.(from + count, total);
      });
      work(sorted, first, last);
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

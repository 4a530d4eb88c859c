import { type LatticeFrame, latticeTarget, type NufftTarget, type OnBlock } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { createFineGrid, eachRound, type FineGrid, sortedArguments } from './fineGrid.js';
import { createNufftPlan } from './nufftPlan.js';
import { createVisibilityBlock } from './visibilityBlocks.js';
import { BLOCK, createTurning, type VisibilitySource } from './visibilitySource.js';

/** Sequences that the compiled transform takes together. */
const BATCH = 8;

/**
 * The forward transform (#26) of an image on a lattice by a type-2 non-uniform FFT:
 * V_k = sum_rc image[r, c] exp(-2 pi i (x_c u_k + y_r v_k)), to `tolerance` times sum |image|.
 *
 * @param image (rows, columns); masked pixels hold 0
 * @param uvWavelengths (K, 2)
 * @param tolerance 1e-1 to 1e-14
 * @returns (K) complex, interleaved
 */
export function nufftVisibilities(
  engine: Engine,
  image: Float64Array,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  tolerance: number,
  onBlock?: OnBlock,
): Float64Array {
  const total = uvWavelengths.length / 2;
  const visibilities = new Float64Array(2 * total);
  const target = latticeTarget(lattice);
  const { modesX, modesY } = target;
  if (modesX === 0 || modesY === 0 || total === 0) return visibilities;
  const plan = createNufftPlan({ modesX, modesY, real: false, tolerance, visibilities: total });
  engine.scoped((arena) => {
    const grid = createFineGrid(engine, arena, plan, 2);
    fillField(engine, grid, target, image);
    const source = numberedVisibilities(engine, arena, uvWavelengths);
    const turning = createTurning(engine, arena, target);
    eachRound(engine, grid, target, source, onBlock, ({ bands, scratch, ...sorted }, first, last) => {
      engine.scoped((ours) => {
        const [re, im] = [ours.f64(last - first), ours.f64(last - first)];
        const work = 2 * (last - first) * plan.kernel.width ** 2;
        const [gridRe, gridIm] = grid.planes;
        const where = [plan.stride, gridRe, gridIm, first, re, im, scratch];
        engine.each('fieldRead', bands, work, ...sortedArguments(sorted), ...where);
        for (let from = first; from < last; from += BLOCK) {
          const count = Math.min(BLOCK, last - from);
          const at = 8 * (from - first);
          // Conjugate numbers, turned and conjugated again, are turned the other way.
          turning.turn(source.baselines(from, count), count, re + at, im + at, true);
          const [realParts, imaginaryParts] = [engine.heap.f64(re + at, count), engine.heap.f64(im + at, count)];
          for (let k = 0, o = 2 * from; k < count; k++, o += 2) {
            visibilities[o] = realParts[k];
            visibilities[o + 1] = imaginaryParts[k];
          }
        }
      });
    });
  });
  return visibilities;
}

/** Every visibility with its number and 1 as strengths, of which the sorting makes -1 where it turns one around. */
function numberedVisibilities(engine: Engine, arena: Arena, uvWavelengths: Float64Array): VisibilitySource {
  const length = uvWavelengths.length / 2;
  const room = Math.min(length, BLOCK);
  const { uv, loadBaselines } = createVisibilityBlock(engine, arena, room, uvWavelengths);
  const [numbers, ones] = [arena.f64(room), arena.f64(room)];
  engine.heap.f64(ones, room).fill(1);
  return {
    length,
    baselines(first, count) {
      loadBaselines(first, count);
      return uv;
    },
    load(first, count) {
      loadBaselines(first, count);
      const view = engine.heap.f64(numbers, count);
      for (let k = 0; k < count; k++) view[k] = first + k;
      return { uv, strengths: [numbers, ones] };
    },
  };
}

/** The field of an image on an empty grid of two planes. */
function fillField(engine: Engine, { plan, rows: stored, planes }: FineGrid, target: NufftTarget, image: Float64Array) {
  const { x, y, stride } = plan;
  const { rows, columns, row, column } = target;
  engine.scoped((arena) => {
    const partial = arena.f64(2 * BATCH * Math.ceil(x.size / BATCH) * rows);
    const scratch = arena.f64(engine.threads * 4 * BATCH * Math.max(x.size, y.size));
    const factors = [arena.putF64(x.factors), arena.putF64(y.factors)];
    const alongX = [x.size, arena.putI32(x.fft.stages), arena.putF64(x.fft.twiddles)];
    const alongY = [stride, arena.putI32(y.fft.stages), arena.putF64(y.fft.twiddles)];
    const from = [arena.putF64(image), rows, columns, row, column, ...factors];
    const rowWork = 30 * rows * x.size;
    engine.each('fieldRows', Math.ceil(rows / (2 * BATCH)), rowWork, ...from, ...alongX, partial, scratch);
    const shape = [rows, row, x.size, x.margin, y.size, y.margin, stored, ...alongY];
    const work = 60 * x.size * y.size;
    engine.each('fieldColumns', Math.ceil(x.size / BATCH), work, ...shape, partial, ...planes, scratch);
    for (const plane of planes) engine.each('fieldMargins', stored, stored * x.margin, plane, x.size, x.margin, stride);
  });
}

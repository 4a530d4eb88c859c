import {
  type AccumulatorSpec,
  checkedChunk,
  createValidator,
  kernels,
  type PreparedVisibilities,
  radiansPerPixel,
  real,
  type VisibilityAccumulator,
  type VisibilityChunk,
  withoutFlagged,
} from '@wtilde/core-types';
import {
  chiSquared0,
  displacementLattice,
  displacementTarget,
  type ImageLattice,
  latticeTarget,
  type NufftTarget,
  noiseNormalization,
  otherAccumulator,
  pixelsOf,
  toleranceOf,
} from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { createFineGrid, spreadVisibilities } from '../fourier/fineGrid.js';
import { collectModes } from '../fourier/nufftModes.js';
import { createJointPlan, type NufftPlan } from '../fourier/nufftPlan.js';
import { PendingVisibilities } from './pendingVisibilities.js';
import type { DataSums } from './weighing.js';

/** Visibilities that are transformed together: whole chunks, unless one alone has more. */
const GROUP = 2 ** 20;
/** What the kernel of the spreading is chosen for where nobody says how many visibilities will come. */
const manyVisibilities = 1e6;

/** The transforms of a group, added up. */
interface Tables {
  readonly w: Float64Array;
  readonly image: Float64Array;
}

/**
 * W, dirty image and the sums over the data in one pass. Chunks wait in the memory until there are a million
 * visibilities; these are sorted once and spread on the grids of both transforms by the same values of the kernel.
 * Memory is that of a million visibilities and of the grids.
 *
 * One chunk alone and the same chunk after others are the same visibilities in the same order: that is why merging
 * accumulators of one chunk each gives the bits of one pass.
 */
export class NufftAccumulator implements VisibilityAccumulator {
  /** What is to be released when the accumulator is dropped before it is finished. */
  readonly pending: PendingVisibilities;
  readonly #engine: Engine;
  readonly #spec: AccumulatorSpec;
  readonly #grid: ImageLattice;
  readonly #displacements: NufftTarget;
  readonly #image: NufftTarget;
  readonly #plan: NufftPlan;
  readonly #check = createValidator(kernels.dirtyImageInterferometerFrom);
  #tables: Tables | undefined;
  #chiSquared0 = 0;
  #noiseNormalization = 0;
  #visibilities = 0;
  #flagged = 0;

  constructor(engine: Engine, spec: AccumulatorSpec, grid: ImageLattice) {
    const { gridSize: N, pixelScale, expectedVisibilities = manyVisibilities } = spec;
    this.#engine = engine;
    this.#spec = spec;
    this.#grid = grid;
    this.#displacements = displacementTarget(displacementLattice(N, N, radiansPerPixel(pixelScale)));
    this.#image = latticeTarget(grid.lattice);
    const { modesX, modesY } = this.#displacements;
    const visibilities = Math.min(expectedVisibilities, GROUP);
    this.#plan = createJointPlan({ modesX, modesY, real: false, tolerance: toleranceOf(spec), visibilities });
    this.pending = new PendingVisibilities(engine, this.#image);
  }

  add(given: VisibilityChunk): void {
    const { data, noiseMap, uvWavelengths } = checkedChunk(given);
    const numbers = { data: data.data, noise: noiseMap.data, uv: uvWavelengths.data };
    const count = uvWavelengths.shape[0];
    if (count > GROUP) this.#addMany(given, numbers, count);
    else {
      if (this.pending.length + count > GROUP) this.#flush();
      const sums = this.#proved(this.pending.write(numbers, 0, count), given);
      this.pending.keep(count);
      this.#addSums(sums, count);
    }
  }

  merge(other: VisibilityAccumulator): void {
    if (typeof other !== 'object' || other === null || !(#plan in other) || !this.#isLike(other)) {
      throw otherAccumulator();
    }
    if (other.#tables !== undefined) {
      this.#flush();
      this.#addTables(other.#tables);
    }
    if (this.pending.length + other.pending.length > GROUP) this.#flush();
    this.pending.append(other.pending);
    this.#chiSquared0 += other.#chiSquared0;
    this.#noiseNormalization += other.#noiseNormalization;
    this.#visibilities += other.#visibilities;
    this.#flagged += other.#flagged;
  }

  finish(): PreparedVisibilities {
    this.#flush();
    const { gridSize: N } = this.#spec;
    const { w, image } = this.#tables ?? this.#noTables();
    return {
      ...this.#spec,
      wCompact: real(w.slice(), [N, 2 * N - 1]),
      dirtyImage: real(pixelsOf(this.#grid, image)),
      chiSquared0: this.#chiSquared0,
      noiseNormalization: this.#noiseNormalization,
      visibilityCount: this.#visibilities,
      flaggedCount: this.#flagged,
    };
  }

  #isLike(other: NufftAccumulator): boolean {
    const sizes = (accumulator: NufftAccumulator) => {
      const { gridSize, pixelScale, tolerance, expectedVisibilities } = accumulator.#spec;
      const { rows, columns, x, y } = accumulator.#image;
      return [accumulator.#engine, gridSize, pixelScale, tolerance, expectedVisibilities, rows, columns, x, y];
    };
    const theirs = sizes(other);
    return sizes(this).every((value, i) => value === theirs[i]);
  }

  /** A chunk of more than a group, which is none of the groups of others. */
  #addMany(given: VisibilityChunk, numbers: Parameters<PendingVisibilities['write']>[0], count: number): void {
    const own = new PendingVisibilities(this.#engine, this.#image);
    const tables = this.#noTables();
    try {
      const parts: DataSums[] = [];
      for (let first = 0; first < count; first += GROUP) {
        const length = Math.min(GROUP, count - first);
        parts.push(own.write(numbers, first, length));
        own.keep(length);
        addTo(tables, this.#transformed(own));
        own.release();
      }
      const sums = this.#proved(parts.reduce(added), given);
      this.#flush();
      this.#addTables(tables);
      this.#addSums(sums, count);
    } finally {
      own.release();
    }
  }

  /** The sums over a chunk; throws where it holds what cannot be summed. */
  #proved(sums: DataSums, given: VisibilityChunk): DataSums {
    if (sums.finite && sums.within) return sums;
    const { chunk, flagged } = withoutFlagged(given);
    const { data, noiseMap, uvWavelengths } = chunk;
    this.#check.validate({ data, noiseMap, uvWavelengths, gridRadiansSlim: this.#spec.gridRadiansSlim });
    return {
      finite: true,
      within: true,
      flagged,
      chiSquared0: chiSquared0(data.data, noiseMap.data),
      noiseNormalization: noiseNormalization(noiseMap.data),
    };
  }

  #addSums(sums: DataSums, count: number): void {
    this.#chiSquared0 += sums.chiSquared0;
    this.#noiseNormalization += sums.noiseNormalization;
    this.#visibilities += count - sums.flagged;
    this.#flagged += sums.flagged;
  }

  /** Transforms what is pending. */
  #flush(): void {
    if (this.pending.length > 0) this.#addTables(this.#transformed(this.pending));
    this.pending.release();
  }

  #transformed(visibilities: PendingVisibilities): Tables {
    const engine = this.#engine;
    const [w, image] = [this.#displacements, this.#image];
    return engine.scoped((arena) => {
      const grid = createFineGrid(engine, arena, this.#plan, 3);
      spreadVisibilities(engine, grid, w, visibilities);
      const collected = (target: NufftTarget, planes: readonly number[]) => {
        const numbers = target.rows * target.columns;
        const out = arena.f64(numbers);
        collectModes(engine, grid, target, planes, out);
        return engine.heap.copyF64(out, numbers);
      };
      const [re, im, weights] = grid.planes;
      return { w: collected(w, [weights]), image: collected(image, [re, im]) };
    });
  }

  #noTables(): Tables {
    const [w, image] = [this.#displacements, this.#image];
    return { w: new Float64Array(w.rows * w.columns), image: new Float64Array(image.rows * image.columns) };
  }

  #addTables(tables: Tables): void {
    this.#tables ??= this.#noTables();
    addTo(this.#tables, tables);
  }
}

function addTo(sums: Tables, { w, image }: Tables): void {
  for (let i = 0; i < w.length; i++) sums.w[i] += w[i];
  for (let i = 0; i < image.length; i++) sums.image[i] += image[i];
}

function added(a: DataSums, b: DataSums): DataSums {
  return {
    chiSquared0: a.chiSquared0 + b.chiSquared0,
    noiseNormalization: a.noiseNormalization + b.noiseNormalization,
    flagged: a.flagged + b.flagged,
    finite: a.finite && b.finite,
    within: a.within && b.within,
  };
}

import {
  type AccumulatorSpec,
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
  dirtyImageStrengths,
  displacementLattice,
  displacementTarget,
  type ImageLattice,
  latticeTarget,
  noiseNormalization,
  otherAccumulator,
  pixelsOf,
  toleranceOf,
  weightStrengths,
} from '@wtilde/numerics';
import {
  addVisibilities,
  createNufftSums,
  finishNufftSums,
  mergeNufftSums,
  type NufftSums,
} from '../fourier/nufftSums.js';

/** What the kernel of the spreading is chosen for where nobody says how many visibilities will come. */
const manyVisibilities = 1e6;

/**
 * W, dirty image and the sums over the data in one pass: visibilities are spread on two grids, which are transformed
 * when the sums are asked for. Memory is that of the grids, O(N^2); time about 0.5 microseconds a visibility.
 */
export class NufftAccumulator implements VisibilityAccumulator {
  readonly #spec: AccumulatorSpec;
  readonly #grid: ImageLattice;
  readonly #w: NufftSums;
  readonly #image: NufftSums;
  readonly #check = createValidator(kernels.dirtyImageInterferometerFrom);
  #chiSquared0 = 0;
  #noiseNormalization = 0;
  #visibilities = 0;
  #flagged = 0;

  constructor(spec: AccumulatorSpec, grid: ImageLattice) {
    const { gridSize, pixelScale, expectedVisibilities = manyVisibilities } = spec;
    const tolerance = toleranceOf(spec);
    const displacements = displacementLattice(gridSize, gridSize, radiansPerPixel(pixelScale));
    this.#spec = spec;
    this.#grid = grid;
    this.#w = createNufftSums(displacementTarget(displacements), tolerance, expectedVisibilities);
    this.#image = createNufftSums(latticeTarget(grid.lattice), tolerance, expectedVisibilities);
  }

  add(given: VisibilityChunk): void {
    const { chunk, flagged } = withoutFlagged(given);
    const { data, noiseMap, uvWavelengths } = chunk;
    this.#check.validate({ data, noiseMap, uvWavelengths, gridRadiansSlim: this.#spec.gridRadiansSlim });
    const noiseMapReal = new Float64Array(data.shape[0]);
    for (let k = 0; k < noiseMapReal.length; k++) noiseMapReal[k] = noiseMap.data[2 * k];
    addVisibilities(this.#w, weightStrengths(noiseMapReal), uvWavelengths.data);
    addVisibilities(this.#image, dirtyImageStrengths(data.data, noiseMap.data), uvWavelengths.data);
    this.#chiSquared0 += chiSquared0(data.data, noiseMap.data);
    this.#noiseNormalization += noiseNormalization(noiseMap.data);
    this.#visibilities += data.shape[0];
    this.#flagged += flagged;
  }

  merge(other: VisibilityAccumulator): void {
    if (typeof other !== 'object' || other === null || !(#w in other)) {
      throw otherAccumulator();
    }
    mergeNufftSums(this.#w, other.#w);
    mergeNufftSums(this.#image, other.#image);
    this.#chiSquared0 += other.#chiSquared0;
    this.#noiseNormalization += other.#noiseNormalization;
    this.#visibilities += other.#visibilities;
    this.#flagged += other.#flagged;
  }

  finish(): PreparedVisibilities {
    const { gridSize: N } = this.#spec;
    const { lattice } = this.#grid;
    const image = finishNufftSums(this.#image, new Float64Array(lattice.rows * lattice.columns));
    return {
      ...this.#spec,
      wCompact: real(finishNufftSums(this.#w, new Float64Array(N * (2 * N - 1))), [N, 2 * N - 1]),
      dirtyImage: real(pixelsOf(this.#grid, image)),
      chiSquared0: this.#chiSquared0,
      noiseNormalization: this.#noiseNormalization,
      visibilityCount: this.#visibilities,
      flaggedCount: this.#flagged,
    };
  }
}

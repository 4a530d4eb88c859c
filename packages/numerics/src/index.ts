/** Plain numerical pieces that backends share: everything that compiling it would not make faster. */
export { bandwidthOrder } from './bandwidthOrder.js';
export { CompensatedSum } from './compensatedSum.js';
export { dataVector } from './dataVector.js';
export {
  type DisplacementTable,
  displacementTableFromCompact,
  displacementTableFromPreload,
  preloadFromDisplacementTable,
} from './displacementTable.js';
export { exponentOf, type Floats, fromFloats, toFloats } from './floats.js';
export { gaussLegendre, type QuadratureRule } from './gaussLegendre.js';
export { findImageLattice, type ImageLattice, imageLattice, imageOf, onLattice, pixelsOf } from './imageLattice.js';
export { displacementLattice, type Lattice, latticePoints } from './lattice.js';
export { mappingMatrix, type SubPixelMapping } from './mappingMatrix.js';
export { type NeighborGraph, slotsOf } from './neighborGraph.js';
export { chiSquared0, noiseNormalization } from './noiseSums.js';
export { displacementTarget, latticeTarget, type ModeRange, type NufftTarget } from './nufftTarget.js';
export {
  createKernel,
  deconvolution,
  kernelAt,
  oversamplingFor,
  type SpreadingKernel,
  WIDTHS,
} from './spreadingKernel.js';
export { dirtyImageStrengths, type Strengths, weightStrengths, wTildeDataStrengths } from './strengths.js';

/** Plain numerical pieces that backends share: everything that compiling it would not make faster. */
export { bandwidthOrder } from './bandwidthOrder.js';
export {
  type CholeskyFactor,
  choleskyOf,
  logDeterminant,
  lowerFactor,
  solve,
  solveFactor,
  solveFactorTransposed,
} from './cholesky/cholesky.js';
export { notPositiveDefinite } from './cholesky/notPositiveDefinite.js';
export { packedIndex, packedLength } from './cholesky/packedTriangle.js';
export { CompensatedSum } from './compensatedSum.js';
export { dataVector } from './dataVector.js';
export {
  type DisplacementTable,
  displacementTableFromCompact,
  displacementTableFromPreload,
  preloadFromDisplacementTable,
  wholeDisplacementTable,
} from './displacementTable.js';
export { compressMapping } from './evidence/compressMapping.js';
export { constantGraph, constantRegularizationMatrix } from './evidence/constantRegularization.js';
export { derivativeResults } from './evidence/derivativeResults.js';
export {
  type Derivatives,
  type DifferentiableEvidence,
  type EvidenceDerivatives,
  evidenceDerivatives,
  responseOf,
} from './evidence/evidenceDerivatives.js';
export {
  type EvidenceData,
  type EvidenceTerms,
  evidenceTerms,
  type FactoredEvidence,
  roundingOfLogDet,
} from './evidence/evidenceTerms.js';
export { factorEvidence } from './evidence/factorEvidence.js';
export {
  badPivotOfGraph,
  bandOf,
  type GraphDerivatives,
  graphDerivatives,
  resistancesOnGraph,
} from './evidence/graphDerivatives.js';
export { inSources, inverseInBasis, inverseOf } from './evidence/inverse.js';
export { inverseForms } from './evidence/inverseForms.js';
export { type EvidenceProbe, type MixedEvidence, probeEvidence } from './evidence/probeEvidence.js';
export {
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
} from './evidence/regularizationForm.js';
export { sourceBasis } from './evidence/sourceBasis.js';
export { sourceVariances } from './evidence/sourceVariances.js';
export { matrixOfGraph, type WeightedGraph, weightedGraphOf } from './evidence/weightedGraph.js';
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
export { addStripProduct, addStripTimes, STRIP, stripCount, TILE_AREA } from './strips/stripProduct.js';
export { subtractStripProduct } from './strips/subtractStripProduct.js';

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
  compactDisplacements,
  type DisplacementKernel,
  type DisplacementStrategy,
  displacementMethods,
  fastestStrategy,
  preloadDisplacements,
  sumDisplacements,
  type WeightedVisibilities,
} from './displacementSums.js';
export {
  type DisplacementTable,
  displacementTableFromCompact,
  displacementTableFromPreload,
  preloadFromDisplacementTable,
  wholeDisplacementTable,
} from './displacementTable.js';
export { compressMapping } from './evidence/compressMapping.js';
export { constantGraph, constantRegularizationMatrix } from './evidence/constantRegularization.js';
export { curvatureOfTable } from './evidence/curvatureOfTable.js';
export { derivativeResultsByGraph, derivativeResultsByMapping } from './evidence/derivativeResults.js';
export {
  addMapped,
  type BoundedEvidence,
  errorBound,
  type KnownErrors,
  type MappingRows,
} from './evidence/errorBound.js';
export {
  type Derivatives,
  type DerivativesByGraph,
  type DerivativesByMapping,
  type DifferentiableByGraph,
  type DifferentiableByMapping,
  derivativesByGraph,
  derivativesByMapping,
  responseOf,
} from './evidence/evidenceDerivatives.js';
export { evidenceRecord, knownErrorsOf, mappingRowsOf } from './evidence/evidenceRecord.js';
export {
  type EvidenceData,
  evidenceTerms,
  type FactoredEvidence,
  roundingOfLogDet,
  type SolvedEvidence,
  type SolvedSource,
  type SourceSolver,
  unrestrictedSource,
} from './evidence/evidenceTerms.js';
export {
  evidenceByGraph,
  evidenceByMapping,
  evidenceWithDerivatives,
  type MappedProducts,
} from './evidence/evidenceWithDerivatives.js';
export { factorEvidence } from './evidence/factorEvidence.js';
export { type CurvatureSource, type EvidencePlace, fusedEvidence } from './evidence/fusedEvidence.js';
export {
  badPivotOfGraph,
  bandOf,
  type GraphDerivatives,
  graphDerivatives,
  logDetOfGraph,
  resistancesOnGraph,
} from './evidence/graphDerivatives.js';
export { inSources, inverseInBasis, inverseOf, mirroredLower } from './evidence/inverse.js';
export { inverseForms } from './evidence/inverseForms.js';
export { type LostProducts, loseProducts, mappedColumnsOf, rowTimes } from './evidence/lostColumns.js';
export {
  type DerivativeErrors,
  type DerivativesProbe,
  type MixedDerivatives,
  probeDerivatives,
} from './evidence/probeDerivatives.js';
export { type EvidenceProbe, type MixedEvidence, probeEvidence } from './evidence/probeEvidence.js';
export {
  type RegularizationForm,
  regularizationOfGraph,
  regularizationOfMatrix,
} from './evidence/regularizationForm.js';
export {
  type RegularizationSource,
  type RegularizationSources,
  regularizationSources,
} from './evidence/regularizationSources.js';
export { sourceBasis } from './evidence/sourceBasis.js';
export { sourceVariances } from './evidence/sourceVariances.js';
export { preparedSums, type SumsSource, summedVisibilities } from './evidence/visibilitySums.js';
export { matrixOfGraph, RIDGE, type WeightedGraph, weightedGraphOf } from './evidence/weightedGraph.js';
export { exponentOf, type Floats, fromFloats, toFloats } from './floats.js';
export { gaussLegendre, type QuadratureRule } from './gaussLegendre.js';
export { type GraphEnvelope, graphEnvelope } from './graphEnvelope.js';
export { findImageLattice, type ImageLattice, imageLattice, imageOf, onLattice, pixelsOf } from './imageLattice.js';
export { type ImageRows, imageRowsFrom } from './imageRows.js';
export type { ImageShape } from './imageShape.js';
export { type ImageSums, imageMethods } from './imageSums.js';
export { displacementLattice, type LatticeFrame, latticePoints } from './lattice.js';
export { mappingMatrix, type SubPixelMapping } from './mappingMatrix.js';
export { type NeighborGraph, slotsOf } from './neighborGraph.js';
export { chiSquared0, noiseNormalization } from './noiseSums.js';
export { goodSize } from './nufft/goodSize.js';
export { kernelSeries } from './nufft/kernelSeries.js';
export {
  chooseWidth,
  type NufftAxis,
  type NufftPlan,
  type NufftSizes,
  type NufftTimes,
  planNufft,
} from './nufft/nufftPlan.js';
export { type LaidOutPlan, type NufftParts, nufftPlanner, type TransformedAxis } from './nufft/nufftPlanner.js';
export { displacementTarget, latticeTarget, type ModeRange, type NufftTarget } from './nufft/nufftTarget.js';
export {
  createKernel,
  deconvolution,
  kernelAt,
  oversamplingFor,
  type SpreadingKernel,
  WIDTHS,
} from './nufft/spreadingKernel.js';
export { type OnBlock, onBlockOf } from './onBlock.js';
export { otherAccumulator } from './otherAccumulator.js';
export { denseSystem } from './positive/denseSystem.js';
export { type PositiveEvidence, positiveEvidence } from './positive/positiveEvidence.js';
export { type PositiveSolution, type PositiveStart, positiveSolution } from './positive/positiveSolution.js';
export type { PositiveSystem, SupportFactor } from './positive/positiveSystem.js';
export { freshMemory, KeptMemory, type Scratch } from './scratch.js';
export { columnsOfDense, columnsOfMapping, type SparseColumns } from './sparseColumns.js';
export { type MappingArgs, type SparseMapping, sparseMappingOf } from './sparseMapping.js';
export { dirtyImageStrengths, type Strengths, weightStrengths, wTildeDataStrengths } from './strengths.js';
export { addStripProduct, addStripTimes, STRIP, stripCount, TILE_AREA } from './strips/stripProduct.js';
export { subtractStripProduct } from './strips/subtractStripProduct.js';
export { compactSource, type ImagePositions, preloadSource, type TableArgs, type TableSource } from './tableSources.js';
export { type Effort, nufftCanRun, type TransformFacts, toleranceOf, transformMethods } from './transformMethods.js';

export { type CoolestModel, coolestFrom, lensModelFromCoolest } from './coolest/coolest.js';
export { type Curve, caustics, criticalCurves, type LensCurves } from './curves/criticalCurves.js';
export { einsteinRadiusFrom } from './curves/einsteinRadius.js';
export type { CurveRegion } from './curves/region.js';
export type { GainErrors } from './gains/gainErrors.js';
export type { GainEstimates } from './gains/gainEstimates.js';
export { gainEstimateFields, gainEstimatesFrom } from './gains/gainFields.js';
export type { MarginalisedGains } from './gains/marginalisedGains.js';
export { type Beam, dirtyBeamOf } from './imaging/dirtyBeam.js';
export { dirtyImageOf } from './imaging/dirtyImageOf.js';
export { createSourceInterpolator } from './imaging/sourceInterpolator.js';
export type { ElementAccuracy, PreparedAccuracy } from './inversion/accuracy.js';
export { chunksInLeaf } from './inversion/chunksInLeaf.js';
export type { Evidence, EvidenceTerms, PositiveCertificate } from './inversion/evidence.js';
export type { DifferentiableTerm, EvidenceAndGradient } from './inversion/evidenceAndGradient.js';
export { preparedFields, preparedFrom } from './inversion/fields.js';
export type { EvidenceGradient } from './inversion/gradient.js';
export type { BackendOptions } from './inversion/hostDispatcher.js';
export { createInversion, type Inversion, inversionFrom } from './inversion/inversion.js';
export {
  type JointEvidence,
  type JointInversion,
  type JointModel,
  jointInversion,
} from './inversion/jointInversion.js';
export { type Mapped, mapperOf } from './inversion/mapperOf.js';
export type { Model } from './inversion/model.js';
export type { SourceChoice } from './inversion/positive.js';
export {
  type Dataset,
  type PreparedDataset,
  type PrepareOptions,
  prepareDataset,
  preparedOfSums,
} from './inversion/prepare.js';
export {
  addSums,
  type DatasetSums,
  type SumOptions,
  sumsFields,
  sumsFrom,
  sumVisibilities,
} from './inversion/sums.js';
export type { Timings } from './inversion/timings.js';
export type { FurtherPlane, LensModel } from './lensModel.js';
export { imageFrom } from './light/image.js';
export { type LightProfile, lightKinds } from './light/kinds.js';
export { isLinear, type LinearLightProfile, linearLightKinds, type ModelLight } from './light/linearKinds.js';
export type { LightEvidence, PixelSource, SolvedProfile } from './linear/lightEvidence.js';
export { hasLightBesidePixels, type LightModel, withoutGivenSource } from './linear/lightModel.js';
export {
  type AdaptiveRectangle,
  adaptiveRectangularAdjoint,
  adaptiveRectangularMapper,
} from './mapper/adaptiveRectangularMapper.js';
export { delaunayAdjoint } from './mapper/delaunayAdjoint.js';
export { delaunayMapper } from './mapper/delaunayMapper.js';
export type { Mapper } from './mapper/mapper.js';
export { naturalAdjoint, type PlaceDerivatives } from './mapper/naturalAdjoint.js';
export { type MeshInterpolation, type NaturalMapper, naturalMapper } from './mapper/naturalMapper.js';
export { rectangularAdjoint } from './mapper/rectangularAdjoint.js';
export { rectangularMapper } from './mapper/rectangularMapper.js';
export { geometryOf, type MaskGeometry } from './mask/geometry.js';
export { annularMask, circularMask, type Mask2D, type MaskOutline, maskOf } from './mask/mask2d.js';
export { gaussianPrimaryBeam, primaryBeamFrom, primaryBeamWidth } from './mask/primaryBeam.js';
export { type LensGradient, type LensParameter, lensGradient, parametersOf } from './mass/gradient.js';
export { type MassProfile, massKinds } from './mass/kinds.js';
export { convergenceFrom, deflectionsFrom, potentialFrom, rayTrace } from './mass/lensing.js';
export { magnificationFrom, shearFrom } from './mass/localLens.js';
export { type BorderEllipse, borderPixels, relocateToBorder } from './mesh/border.js';
export { delaunayOf, type Triangulation } from './mesh/delaunay.js';
export type { Frame } from './mesh/frame.js';
export type { FramedMesh } from './mesh/framedMesh.js';
export { hilbertImageMesh } from './mesh/hilbert.js';
export {
  type AdaptDensityMesh,
  type AdaptImageMesh,
  type HilbertMesh,
  type Interpolation,
  isImageMesh,
  type Mesh,
  needsAdaptImage,
  type OverlayMesh,
  type PointsMesh,
  parseMesh,
  type RectangularMesh,
} from './mesh/mesh.js';
export type { MeshNeighbors } from './mesh/neighbors.js';
export { overlayImageMesh } from './mesh/overlay.js';
export { parseLensModel } from './parseLensModel.js';
export { angularDiameterDistance, type Cosmology, parseCosmology, planck15, planeScaling } from './planes/cosmology.js';
export {
  type LensPlane,
  lensModelGradient,
  lensParametersOf,
  lensPlanesOf,
  planeGridsOf,
  traceLens,
} from './planes/lensPlanes.js';
export { type Plane, tracePlanes } from './planes/tracePlanes.js';
export { type AxisRatioAndAngle, axisRatioAndAngleFrom, ellCompsFrom, ellipseParameters } from './profile/ellipse.js';
export type {
  GraphPrior,
  MatrixPrior,
  PriorDerivatives,
  RegularizationKind,
  RegularizedMesh,
  SourcePrior,
} from './regularization/kind.js';
export { type Regularization, regularizationKinds } from './regularization/kinds.js';
export { parseRegularization, priorOf } from './regularization/regularization.js';
export { type Simulated, type Simulation, simulateVisibilities } from './simulate/simulate.js';
export { sourceAreas } from './source/areas.js';
export { type Measured, measureSource, type SourceMeasurements } from './source/measureSource.js';
export type { Baselines } from './warnings/baselines.js';
export { datasetWarnings, unitWarnings } from './warnings/datasetWarnings.js';
export { einsteinRadiiBeyond, fewImagePixels } from './warnings/modelWarnings.js';
export type { Warning, WarningCode } from './warnings/warning.js';
export { wTermWarnings } from './warnings/wTerm.js';

export type { ElementAccuracy, PreparedAccuracy } from './inversion/accuracy.js';
export type { Evidence, EvidenceTerms, Timings } from './inversion/evidence.js';
export { preparedFields, preparedFrom } from './inversion/fields.js';
export type { EvidenceGradient } from './inversion/gradient.js';
export {
  type JointEvidence,
  type JointModel,
  type JointOperator,
  jointOperator,
} from './inversion/jointOperator.js';
export { type Mapped, mapperOf } from './inversion/mapperOf.js';
export type { Model } from './inversion/model.js';
export { type BackendOptions, createOperator, type Operator, operatorFrom } from './inversion/operator.js';
export { type Dataset, type PreparedDataset, type PrepareOptions, prepareDataset } from './inversion/prepare.js';
export { type LensModel, parseLensModel } from './lensModel.js';
export { imageFrom } from './light/image.js';
export { type LightProfile, lightKinds } from './light/kinds.js';
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
export { delaunayOf, type Triangulation } from './mesh/delaunay.js';
export type { Frame } from './mesh/frame.js';
export type { FramedMesh } from './mesh/framedMesh.js';
export { type Interpolation, type Mesh, type OverlayMesh, parseMesh, type RectangularMesh } from './mesh/mesh.js';
export type { MeshNeighbors } from './mesh/neighbors.js';
export { overlayImageMesh } from './mesh/overlay.js';
export { type AxisRatioAndAngle, axisRatioAndAngleFrom, ellCompsFrom, ellipseParameters } from './profile/ellipse.js';
export {
  type ConstantRegularization,
  type GradientRegularization,
  parseRegularization,
  type Regularization,
} from './regularization/regularization.js';
export { type Simulated, type Simulation, simulateVisibilities } from './simulate/simulate.js';
export type { Baselines } from './warnings/baselines.js';
export { datasetWarnings, unitWarnings } from './warnings/datasetWarnings.js';
export { einsteinRadiiBeyond, fewImagePixels } from './warnings/modelWarnings.js';
export type { Warning, WarningCode } from './warnings/warning.js';

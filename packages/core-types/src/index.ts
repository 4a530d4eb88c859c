/** The contract of wtilde: arrays, kernel descriptors, backends, validation, method choice, tolerances and errors. */
export { accumulate, createKernelAccumulator, sumOfPreparedVisibilities, withoutFlagged } from './accumulator.js';
export { checkedChunk } from './accumulatorArguments.js';
export { type Appraisal, type Appraisals, appraised } from './appraisal.js';
export { describeParam } from './argumentKinds.js';
export {
  bool,
  complex,
  type DType,
  type Handle,
  index,
  isHandle,
  lanes,
  type NdArray,
  real,
  type Storage,
  sizeOf,
} from './arrays.js';
export type {
  AsyncBackend,
  AsyncBackendV1,
  AsyncBound,
  AsyncImplementation,
  AsyncImplementations,
  AsyncKernel,
  AsyncMethod,
  Backend,
  BackendInfo,
  BackendV1,
  CallOf,
  FixedNames,
  PreparedAsync,
  PreparedSync,
  RunContext,
  SyncBackend,
  SyncBackendV1,
  SyncBound,
  SyncImplementation,
  SyncImplementations,
  SyncKernel,
  SyncMethod,
} from './backend.js';
export { bindDataset, type DatasetCall, mappingNames } from './bindDataset.js';
export {
  allKernels,
  type Catalogue,
  findKernel,
  isKernelName,
  type KernelArgs,
  type KernelDeviceArgs,
  type KernelDeviceResult,
  type KernelDeviceRunArgs,
  type KernelName,
  type KernelResult,
  type KernelRunArgs,
  kernelNames,
  kernels,
  upstreamNames,
} from './catalogue.js';
export { type Agreement, type CompareOptions, clearance, compare } from './compare.js';
export { defineAsyncBackend, defineSyncBackend } from './defineBackend.js';
export { describeValue } from './describeValue.js';
export type {
  ArrayParam,
  ArrayResult,
  DerivativeOf,
  DeviceArgs,
  DeviceResult,
  Dim,
  Entries,
  HostArgs,
  HostResult,
  KernelDescriptor,
  Measure,
  PairParam,
  Param,
  Params,
  RecordResult,
  Requirement,
  ResultSpec,
  RunArgs,
  ScalarParam,
  ScalarResult,
  Sizes,
  TypedDescriptor,
  ValueRule,
  Violation,
} from './descriptor.js';
export { type Extent, evaluate, parseDim, solveExtent, symbolsOf } from './dims.js';
export type { DocumentedKernels } from './documented.js';
export type { ElsewhereBound, ElsewhereImplementation, ElsewhereImplementations } from './elsewhere.js';
export {
  type AbortSignalLike,
  type ErrorCode,
  type ErrorFacts,
  isWtildeError,
  throwIfAborted,
  WtildeError,
} from './errors.js';
export { gridPitch } from './fragments/nativeGrid.js';
export { arcsecPerRadian, radiansPerPixel } from './fragments/visibilities.js';
export { type EquivalenceGroup, groups } from './groups.js';
export { type ImplementationsOn, implement, implementAsync, implementationsOn } from './implement.js';
export { isBackend } from './isBackend.js';
export { type Lattice, latticeOf } from './lattice.js';
export { type ArgumentValue, isRecord, type LooseArgs, type LooseResult, type ResultLeaf } from './loose.js';
export {
  type Arguments,
  type Eventually,
  kernelOf,
  type LooseBound,
  type LooseKernel,
  type LooseOptions,
  type LooseSyncKernel,
} from './looseKernel.js';
export { checkRests } from './machine.js';
export { nearestName, remedyByName } from './nearest.js';
export { isFlagged, isUnequalNoise } from './noise.js';
export {
  evidenceFloor,
  type NumericClass,
  type Precision,
  tolerances,
  transformTolerance,
  unitInLastPlace,
  type Yardsticks,
} from './numericClasses.js';
export {
  checkOptions,
  checkOptionsBy,
  type OptionRule,
  type OptionRules,
  type Options,
  optionRule,
  type Solve,
} from './options.js';
export { createPairwiseSum, type PairwiseSum } from './pairwise.js';
export { type Choice, type Cost, type MethodFacts, mayRun, type Pickable, pick } from './pick.js';
export { copiedArguments, plainArguments } from './plainArguments.js';
export { originOf, type Route, type RouteStep, resultSources, runRoute, runRouteSync, type Source } from './routes.js';
export {
  packError,
  packFacts,
  type SentError,
  type SentFacts,
  unpackError,
  unpackFacts,
} from './sentError.js';
export { sizesOf } from './sizes.js';
export { type SymbolFacts, symbolFacts, symbols } from './symbols.js';
export { createValidator, type Validated, type Validator } from './validate.js';
export type { ValueCheck } from './valueChecks.js';
export type {
  AccumulatorSpec,
  AsyncVisibilityAccumulator,
  PreparedVisibilities,
  VisibilityAccumulator,
  VisibilityChunk,
} from './visibilities.js';

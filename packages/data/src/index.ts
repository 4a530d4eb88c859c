export { type Bundled, readBundled } from './bundled/read.js';
export { simulateBundled } from './bundled/simulate.js';
export type { ReadOptions } from './bytes/fileErrors.js';
export { type ByteSource, type OpenBytes, sourceOfBytes } from './bytes/source.js';
export { type Fields, fieldNamed, indexScalar, realScalar, requireField } from './fields.js';
export type { CardValue, FitsHeader } from './fits/header.js';
export { pairsOf } from './fits/pairs.js';
export { fitsMaxBytes, type ReadFitsOptions, readFits, readFitsImage } from './fits/read.js';
export type { Visibilities, VisibilityTriple } from './fits/triple.js';
export { requireVisibilities } from './fits/usable.js';
export {
  type ReadVisibilitiesOptions,
  readVisibilities,
  visibilitiesOf,
  visibilityFields,
  writeVisibilities,
} from './fits/visibilities.js';
export { flipped, orientationOf, type SkyOrientation } from './fits/wcs.js';
export { type WriteFitsOptions, writeFits } from './fits/write.js';
export type { Observation } from './generate/antennas.js';
export {
  type NumberedChunk,
  type VisibilityChunkOptions,
  visibilityChunks,
} from './generate/chunks.js';
export { generated } from './generate/generated.js';
export { almaLike, smaLike } from './generate/simulated.js';
export type { GeneratorOptions } from './generate/sizes.js';
export { observations, uvTrackOf } from './generate/tracks.js';
export { npyMaxBytes, readNpy } from './npy/read.js';
export { writeNpy } from './npy/write.js';
export { fieldsFromNpz, readNpz } from './npz/read.js';
export { type WriteNpzOptions, writeNpz } from './npz/write.js';
export { type ArraysOptions, type BaselineUnit, visibilitiesFrom } from './observation/arrays.js';
export type { NoiseEstimate } from './observation/differences.js';
export { estimateNoise } from './observation/estimateNoise.js';
export {
  type ImportControl,
  type ImportedVisibilities,
  importUvfits,
} from './observation/importUvfits.js';
export { chunksOf, importVisibilities, type PlainImportOptions } from './observation/importVisibilities.js';
export type { Counts } from './observation/integrations.js';
export type { NoiseGroup } from './observation/noiseGroup.js';
export type { ImportOptions, PassControl, Range } from './observation/options.js';
export type { ImportReport } from './observation/report.js';
export type { ObservationSummary } from './observation/summary.js';
export {
  preparedVisibilitiesFields,
  preparedVisibilitiesOf,
  readPreparedVisibilities,
  writePreparedVisibilities,
} from './prepared/fields.js';
export { createRandom, type Random } from './random/random.js';
export type { KernelCall } from './resolve/recipes.js';
export { createResolver, type Resolver, resolveArguments } from './resolve/resolver.js';
export { type WriteUvfitsOptions, writeUvfits } from './uvfits/fromVisibilities.js';
export type { UvfitsGroups } from './uvfits/groups.js';
export { openUvfits, type ReadUvfitsOptions, type Uvfits } from './uvfits/open.js';
export { type SharedReader, sharedReads } from './uvfits/sharedReads.js';
export type { UvfitsSource } from './uvfits/tables.js';
export {
  type GroupAxis,
  type GroupParameter,
  type GroupTable,
  type RandomGroups,
  type TableColumn,
  writeRandomGroups,
} from './uvfits/write.js';

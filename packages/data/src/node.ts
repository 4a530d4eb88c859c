export { type BundledPaths, bundledPaths } from './bundled/paths.js';
export {
  type ReadFileOptions,
  readFitsFile,
  readFitsImageFile,
  readVisibilityFiles,
  writeFitsFile,
  writeVisibilityFiles,
} from './files/fits.js';
export { sha256Of } from './files/hash.js';
export { type FilePath, unreadable } from './files/io.js';
export {
  fieldsFromNpzFile,
  readNpyFile,
  readNpzFile,
  writeNpyFile,
  writeNpzFile,
} from './files/npz.js';
export { type OpenedVisibilities, type OpenOptions, openVisibilities } from './files/openVisibilities.js';
export { checkOutputs, type OutputOptions } from './files/outputs.js';
export { openUvfitsFile } from './files/uvfits.js';
export { type ModelVisibilities, writeUvfitsModel } from './files/uvfitsModel.js';
export {
  antennaFile,
  type FileKind,
  fileKind,
  type VisibilityFiles,
  visibilityPaths,
} from './files/visibilityFiles.js';
export {
  type ChunkRange,
  openVisibilityFiles,
  type StreamedVisibilities,
  type StreamOptions,
} from './files/visibilityStream.js';
export {
  observationPaths,
  type WrittenVisibilities,
  writeVisibilityStream,
} from './files/visibilityWriter.js';
export { type FileContents, type WriteFileOptions, writeFiles } from './files/write.js';
export * from './index.js';

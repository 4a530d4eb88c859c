export { type BundledPaths, bundledPaths } from './bundled/paths.js';
export {
  type ReadFileOptions,
  readFitsFile,
  readVisibilityFiles,
  writeFitsFile,
  writeVisibilityFiles,
} from './files/fits.js';
export type { FilePath } from './files/io.js';
export {
  fieldsFromNpzFile,
  readNpyFile,
  readNpzFile,
  writeNpyFile,
  writeNpzFile,
} from './files/npz.js';
export { checkOutputs, type OutputOptions } from './files/outputs.js';
export { type FileKind, fileKind, type VisibilityFiles, visibilityPaths } from './files/visibilityFiles.js';
export {
  type ChunkRange,
  openVisibilityFiles,
  type StreamedVisibilities,
  type StreamOptions,
} from './files/visibilityStream.js';
export { type FileContents, type WriteFileOptions, writeFiles } from './files/write.js';
export * from './index.js';

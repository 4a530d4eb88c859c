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
export type { VisibilityFiles } from './files/visibilityFiles.js';
export {
  openVisibilityFiles,
  type StreamedVisibilities,
  type StreamOptions,
} from './files/visibilityStream.js';
export * from './index.js';

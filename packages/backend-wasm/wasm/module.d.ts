/** A `WebAssembly.Module`, where the platform gives one for the import of a .wasm file. */
declare const module: object;
export default module;

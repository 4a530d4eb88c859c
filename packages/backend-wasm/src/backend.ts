import { defineSyncBackend, type ImplementationsOn, implementationsOn, type SyncBackend } from '@wtilde/core-types';
import { accumulatorsOn } from './accumulator/createAccumulator.js';
import type { Engine } from './engine/engine.js';
import * as kernels from './kernels/index.js';

/** Every kernel compiled to WebAssembly, or in plain TypeScript where compiled code gains nothing. */
export type WasmBackend = SyncBackend<keyof ImplementationsOn<typeof kernels>, 'wasm'>;

/** The backend on an engine, which it disposes of with itself. */
export function backendOn(engine: Engine): WasmBackend {
  const { simd, threads, threadsNote } = engine;
  const accumulatorOn = accumulatorsOn(engine);
  const backend: WasmBackend = defineSyncBackend({
    id: 'wasm',
    precision: 'float64',
    info: {
      summary: 'compiled to WebAssembly, SIMD in float64',
      deviceMemory: false,
      simd,
      threads,
      ...(threadsNote === undefined ? {} : { threadsNote }),
    },
    implementations: implementationsOn(engine, kernels),
    createAccumulator: (spec) => accumulatorOn(backend.kernels, spec),
    dispose: () => engine.dispose(),
  });
  return backend;
}

import { defineSyncBackend, type SyncBackend } from '@wtilde/core-types';
import type { Engine } from './engine/engine.js';
import * as kernels from './kernels/index.js';

/** Every kernel compiled to WebAssembly, or in plain TypeScript where compiled code gains nothing. */
export type WasmBackend = SyncBackend<keyof Implementations<typeof kernels>, 'wasm'>;

/** The backend on an engine, which it disposes of with itself. */
export function backendOn(engine: Engine): WasmBackend {
  const { simd, threads, threadsNote } = engine;
  return defineSyncBackend({
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
    dispose: () => engine.dispose(),
  });
}

type Implementations<F> = { readonly [N in keyof F]: F[N] extends (engine: Engine) => infer I ? I : F[N] };

/** Gives its engine to every kernel that needs one. */
function implementationsOn<F extends object>(engine: Engine, factories: F): Implementations<F>;
function implementationsOn(engine: Engine, factories: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(factories).map(([name, kernel]) => [name, typeof kernel === 'function' ? kernel(engine) : kernel]),
  );
}

import * as tf from '@tensorflow/tfjs-core';
import { EngineMissing } from './attempt.js';
import type { EngineName } from './engine.js';
import type { EngineSource } from './privateEngine.js';
import { type NodeHooks, nodeTensorflow } from './tensorflow.js';
import { withoutListeners } from './withoutListeners.js';

export interface SourceOptions extends NodeHooks {
  /** Where browsers find the .wasm files of @tensorflow/tfjs-backend-wasm; Node finds them by itself. */
  readonly wasmPaths?: string | undefined;
}

/** The backend of an engine, new where it can be. Throws EngineMissing. */
export async function sourceOf(name: EngineName, options: SourceOptions): Promise<EngineSource> {
  if (name === 'tensorflow') return await nodeTensorflow(options);
  if (name === 'wasm') await importQuietly(name, () => importWasm(options.wasmPaths));
  if (name === 'cpu') await importQuietly(name, () => import('@tensorflow/tfjs-backend-cpu'));
  const factory = tf.findBackendFactory(name);
  if (factory === null) {
    throw new EngineMissing(
      'not-registered',
      `nobody has imported @tensorflow/tfjs-backend-${name}`,
      `install @tensorflow/tfjs-backend-${name}@4.22.0 and import it before the backend is created`,
    );
  }
  const backend = await withoutListeners(() => withoutThreads(name, async () => await factory()));
  if (!hasFloat32(name, backend)) {
    throw new EngineMissing('low-precision', 'the device computes with 16-bit floats', 'use another engine');
  }
  // It greets on the console when it is first used.
  if (name === 'cpu') Reflect.set(backend, 'firstUse', false);
  return { name, backend, owned: true };
}

/** The WebGL backend reports 16 bits where it renders to 32, without having looked. */
function hasFloat32(name: EngineName, backend: tf.KernelBackend): boolean {
  return (name === 'webgl' && tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) || backend.floatPrecision() >= 32;
}

/** Packages register their backend when they are imported, as a default that an application did not ask for. */
async function importQuietly(name: EngineName, importPackage: () => Promise<unknown>): Promise<void> {
  const known = tf.findBackendFactory(name) !== null;
  await importPackage();
  const factory = tf.findBackendFactory(name);
  if (known || factory === null) return;
  tf.removeBackend(name);
  tf.registerBackend(name, factory, 0);
}

async function importWasm(paths: string | undefined): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (paths !== undefined) setWasmPaths(paths);
}

/**
 * The engine's own threads start from the text of a function, which minifiers break, and only on isolated pages: there
 * it would fail in bundled applications. The flag is the application's, too: it is another one only while the engine
 * reads it, which it does before it waits for anything.
 */
async function withoutThreads<R>(name: EngineName, start: () => Promise<R>): Promise<R> {
  if (name !== 'wasm') return await start();
  const flag = 'WASM_HAS_MULTITHREAD_SUPPORT';
  const before = await tf.env().getAsync(flag);
  tf.env().set(flag, false);
  try {
    return start();
  } finally {
    tf.env().set(flag, before);
  }
}

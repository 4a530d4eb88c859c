import { version_core as version } from '@tensorflow/tfjs-core';
import {
  type AsyncBackend,
  checkOptionsBy,
  defineAsyncBackend,
  type ImplementationsOn,
  implementationsOn,
  type OptionRule,
  optionRule,
} from '@wtilde/core-types';
import { createEngine } from './engine/createEngine.js';
import { type EngineName, engineNames } from './engine/engine.js';
import * as kernels from './kernels/index.js';

export interface TfjsOptions {
  /**
   * Default 'auto': in Node tensorflow (where @tensorflow/tfjs-node is installed and works), wasm, cpu; in browsers
   * webgpu, webgl (where the application imported them), wasm, cpu.
   */
  readonly engine?: EngineName | 'auto' | undefined;
  /** Where browsers find the .wasm files of @tensorflow/tfjs-backend-wasm; Node finds them by itself. */
  readonly wasmPaths?: string | undefined;
  /** Where @tensorflow/tfjs-node is looked up from: a file or its URL. Default: this package. */
  readonly resolveFrom?: string | undefined;
  /**
   * Puts util.isNullOrUndefined back for the whole process, which Node 23 removed and @tensorflow/tfjs-node 4.22 calls.
   * Default false.
   */
  readonly patchNodeUtil?: boolean | undefined;
}

export type TfjsBackend = AsyncBackend<keyof ImplementationsOn<typeof kernels>, 'tfjs'>;

/**
 * The kernels that float32 can carry, on the engine of TensorFlow.js that this machine has.
 *
 * The application's own use of TensorFlow.js is left alone: its backend, its tensors, its listeners. `info.attempts`
 * lists every engine that was tried, and why it was not taken.
 *
 * @throws BackendUnavailable where the engine asked for, or every engine, is not to be had; InvalidOption for an option
 * that does not exist or makes no sense.
 */
export async function createTfjsBackend(options: TfjsOptions = {}): Promise<TfjsBackend> {
  checkOptionsBy(rules, options, 'createTfjsBackend');
  const { engine: asked = 'auto', wasmPaths, resolveFrom, patchNodeUtil } = options;
  const { engine, attempts } = await createEngine(asked, { wasmPaths, resolveFrom, patchNodeUtil });
  return defineAsyncBackend({
    id: 'tfjs',
    precision: 'float32',
    info: {
      summary: `TensorFlow.js ${version}, engine ${engine.name}`,
      deviceMemory: false,
      engine: engine.name,
      attempts,
    },
    implementations: implementationsOn(engine, kernels),
    dispose: () => engine.dispose(),
  });
}

const rules = {
  engine: optionRule.oneOf('auto', ...engineNames),
  wasmPaths: optionRule.text,
  resolveFrom: optionRule.text,
  patchNodeUtil: optionRule.flag,
} satisfies Record<keyof TfjsOptions, OptionRule>;

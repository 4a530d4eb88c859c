import * as tf from '@tensorflow/tfjs-core';
import { EngineMissing } from './attempt.js';
import type { EngineSource } from './privateEngine.js';

const packageName = '@tensorflow/tfjs-node';

export interface NodeHooks {
  /** Where @tensorflow/tfjs-node is looked up from: a file or its URL. Default: this package. */
  readonly resolveFrom?: string | undefined;
  /** Puts util.isNullOrUndefined back, which Node 23 removed and @tensorflow/tfjs-node 4.22 calls. */
  readonly patchNodeUtil?: boolean | undefined;
}

/**
 * The native library through @tensorflow/tfjs-node, where it is installed and loads. Looks at files first: an import
 * without the native addon would load hundreds of megabytes to fail. Throws EngineMissing.
 */
export async function nodeTensorflow({ resolveFrom, patchNodeUtil = false }: NodeHooks): Promise<EngineSource> {
  const { module, fs, path, util } = builtIn();
  const require = module.createRequire(resolveFrom ?? import.meta.url);
  const root = folderOf(() => path.dirname(require.resolve(`${packageName}/package.json`)));
  const lib = path.join(root, 'lib');
  const bindings = fs.existsSync(lib) ? fs.readdirSync(lib) : [];
  if (!bindings.some((folder) => fs.existsSync(path.join(lib, folder, 'tfjs_binding.node')))) {
    throw new EngineMissing(
      'binding-missing',
      `${packageName} is installed without its native addon`,
      `let its install script run where it can download: npm rebuild ${packageName} --build-addon-from-source`,
    );
  }
  if (patchNodeUtil && !('isNullOrUndefined' in util)) {
    Reflect.set(util, 'isNullOrUndefined', (value: unknown) => value === null || value === undefined);
  }
  const before = tf.engine().backendName;
  try {
    require(packageName);
  } catch (cause) {
    throw loadFailure(cause);
  } finally {
    // It makes itself everybody's default.
    if (before) void tf.setBackend(before);
  }
  const backend = tf.findBackend('tensorflow');
  if (backend === null) {
    throw new EngineMissing('broken-install', `${packageName} registers no backend`, reinstall);
  }
  return { name: 'tensorflow', backend, owned: false };
}

const reinstall = `install ${packageName}@4.22.0 again`;

function builtIn() {
  const load = globalThis.process?.getBuiltinModule;
  if (load === undefined) {
    throw new EngineMissing('not-installed', `${packageName} runs in Node only`, 'use another engine');
  }
  return { module: load('node:module'), fs: load('node:fs'), path: load('node:path'), util: load('node:util') };
}

function folderOf(resolve: () => string): string {
  try {
    return resolve();
  } catch {
    throw new EngineMissing(
      'not-installed',
      `${packageName} is not installed`,
      `it is optional; npm install ${packageName}@4.22.0 adds libtensorflow`,
    );
  }
}

function loadFailure(cause: unknown): EngineMissing {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_DLOPEN_FAILED') {
    return new EngineMissing(
      'binding-unloadable',
      detail,
      'check that libtensorflow fits this machine; then reinstall',
    );
  }
  return new EngineMissing('broken-install', detail, reinstall);
}

import * as tf from '@tensorflow/tfjs-core';
import type { Engine, EngineName } from './engine.js';

/** Where a TensorFlow.js backend comes from. */
export interface EngineSource {
  readonly name: EngineName;
  /** The backend, and the name that its kernels are registered under. */
  readonly backend: tf.KernelBackend;
  /** Whether it is ours alone, to be disposed of with the engine. */
  readonly owned: boolean;
}

/**
 * Gives a TensorFlow.js backend a name of its own, so that it never becomes the application's default: TensorFlow.js
 * has one global state, which is swapped for the time of a synchronous build and put back.
 */
export function privateEngine({ name, backend, owned }: EngineSource): Engine {
  const alias = freeName(name);
  tf.registerBackend(alias, () => backend, 0);
  tf.copyRegisteredKernels(name, alias);

  function onEngine<R>(build: () => R): R {
    const state = tf.engine();
    const before = state.backendName;
    void tf.setBackend(alias);
    try {
      return build();
    } finally {
      if (before) void tf.setBackend(before);
      else forgetBackend();
    }
  }

  return {
    name,
    async run(build) {
      // An application that is just starting a backend of its own must not find another one in its place.
      if (tf.engine().backendName) await tf.ready();
      const tensors = onEngine(() => tf.tidy(() => build().map((tensor) => tf.keep(tensor))));
      try {
        const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
        // Some engines hand out their own memory.
        return values.map((each) => each.slice());
      } finally {
        tf.dispose(tensors);
      }
    },
    dispose() {
      for (const { kernelName } of tf.getKernelsForBackend(alias)) tf.unregisterKernel(kernelName, alias);
      if (owned) tf.removeBackend(alias);
      else Reflect.deleteProperty(tf.engine().registryFactory, alias);
    },
  };
}

function freeName(engine: EngineName): string {
  const taken = tf.engine().backendNames();
  for (let number = 1; ; number++) {
    const name = `wtilde-${engine}-${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** The application has not chosen a backend yet: it shall still be the one to do so. */
function forgetBackend(): void {
  Reflect.set(tf.engine(), 'backendName', undefined);
  Reflect.set(tf.engine(), 'backendInstance', null);
}

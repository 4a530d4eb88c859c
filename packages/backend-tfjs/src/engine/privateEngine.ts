import * as tf from '@tensorflow/tfjs-core';
import { WtildeError } from '@wtilde/core-types';
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
  let over = false;
  /** Builds whose values are being fetched. */
  let fetching = 0;

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

  /** Once disposed of, its name stands for nothing: what is built then would be built on the application's backend. */
  function checkAlive(): void {
    if (!over) return;
    throw new WtildeError('Disposed', {
      what: 'the backend was disposed of while this ran',
      where: 'backend tfjs',
      remedy: 'create a new backend, and dispose of it after its last call',
    });
  }

  function remove(): void {
    for (const { kernelName } of tf.getKernelsForBackend(alias)) tf.unregisterKernel(kernelName, alias);
    if (owned) tf.removeBackend(alias);
    else Reflect.deleteProperty(tf.engine().registryFactory, alias);
  }

  async function valuesOf(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
    fetching += 1;
    try {
      const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
      // Some engines hand out their own memory.
      return values.map((each) => each.slice());
    } finally {
      for (const tensor of tensors) tensor.dispose();
      fetching -= 1;
      if (over && fetching === 0) remove();
    }
  }

  return {
    name,
    async run(build) {
      checkAlive();
      // An application that is just starting a backend of its own must not find another one in its place.
      if (tf.engine().backendName) await tf.ready();
      checkAlive();
      return await valuesOf(onEngine(() => tf.tidy(() => build().map((tensor) => tf.keep(tensor)))));
    },
    dispose() {
      if (over) return;
      over = true;
      if (fetching === 0) remove();
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

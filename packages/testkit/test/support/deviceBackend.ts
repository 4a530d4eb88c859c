import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AsyncBackend,
  type AsyncImplementations,
  defineAsyncBackend,
  type Handle,
  isHandle,
  kernelNames,
  kernelOf,
  type LooseArgs,
  type NdArray,
  type RunContext,
} from '@wtilde/core-types';
import { resultOf } from '../../src/contract/looseResult.js';
import { isHostArray } from '../../src/contract/values.js';

const id = 'fake-device';

/** The reference as if its arrays lived on a device: asynchronous, with handles. Frees nothing and needs nothing. */
export function createDeviceBackend(): AsyncBackend {
  return defineAsyncBackend({
    id,
    precision: 'float64',
    info: { summary: 'the reference behind promises and handles', deviceMemory: true },
    implementations: implementations(),
  });
}

function implementations(): AsyncImplementations;
function implementations(): object {
  const reference = createReferenceBackend();
  const entries = kernelNames().map((name) => {
    const kernel = kernelOf(reference, name);
    const run = async (args: LooseArgs, { options }: RunContext) => {
      const result = await resultOf(kernel?.(onHost(args)));
      return options.keep === 'device' && isHostArray(result) ? handleOf(result) : result;
    };
    return [name, { methods: { remote: { cost: () => ({ flops: 1, bytes: 1 }), run } } }];
  });
  return Object.fromEntries(entries);
}

const memory = new WeakMap<object, NdArray>();

function handleOf(array: NdArray): Handle {
  const handle: Handle = {
    dtype: array.dtype,
    shape: array.shape,
    backend: id,
    toHost: async () => array,
    dispose: () => memory.delete(handle),
  };
  memory.set(handle, array);
  return handle;
}

function onHost(args: LooseArgs): LooseArgs {
  const entries = Object.entries(args).map(([name, value]) => [name, isHandle(value) ? memory.get(value) : value]);
  return Object.fromEntries(entries);
}

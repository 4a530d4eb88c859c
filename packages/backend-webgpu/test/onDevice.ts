import { isWtildeError } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { Device } from '../src/device/device.js';
import { type OpenedDevice, openDevice } from '../src/device/openDevice.js';

/**
 * Registers tests that need a GPU or a software driver. Without one there is a single test that says so: skipped, or
 * failed where WTILDE_REQUIRE asks for webgpu.
 */
export async function onDevice(register: (open: typeof newDevice) => void): Promise<void> {
  try {
    (await newDevice()).dispose();
  } catch (error) {
    if (!isWtildeError(error, 'BackendUnavailable')) throw error;
    const { message } = error;
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('webgpu')) it(message, () => expect.fail(message));
    else it.skip(message);
    return;
  }
  register(newDevice);
}

/** A device of one's own. */
async function newDevice(memoryBudget = 2 ** 28): Promise<Device> {
  return new Device({ ...(await openDevice({})), memoryBudget });
}

interface WatchedDevice {
  readonly opened: OpenedDevice;
  /** Bytes of the largest buffer that it was asked for. */
  largestBuffer(): number;
  submissionCount(): number;
}

/** A device that says that its buffers and bindings are small: WebGPU gives no device with less than 128 MiB. */
export async function smallDevice(bytes: number): Promise<WatchedDevice> {
  const opened = await openDevice({});
  let largest = 0;
  let submissions = 0;
  const limits = new Proxy(opened.gpu.limits, {
    get: (target, name) => (isLimitOfBuffers(name) ? bytes : Reflect.get(target, name, target)),
  });
  const createBuffer = (descriptor: GPUBufferDescriptor) => {
    largest = Math.max(largest, descriptor.size);
    return opened.gpu.createBuffer(descriptor);
  };
  const { queue } = opened.gpu;
  const counted = new Proxy(queue, {
    get(target, name) {
      if (name === 'submit') submissions += 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const gpu = new Proxy(opened.gpu, {
    get(target, name) {
      if (name === 'queue') return counted;
      if (name === 'limits') return limits;
      if (name === 'createBuffer') return createBuffer;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { opened: { ...opened, gpu }, largestBuffer: () => largest, submissionCount: () => submissions };
}

function isLimitOfBuffers(name: string | symbol): boolean {
  return name === 'maxStorageBufferBindingSize' || name === 'maxBufferSize';
}

/// <reference types="@webgpu/types" preserve="true" />
import { checkOptionsBy, type OptionRule, optionRule, type WtildeError } from '@wtilde/core-types';
import { backendOn, type WebgpuBackend } from './backend.js';
import { Device } from './device/device.js';
import { deviceFacts, openDevice } from './device/openDevice.js';

export type { WebgpuBackend } from './backend.js';

export interface WebgpuBackendOptions {
  /** A device of yours. It is left alone by `dispose()`, save for the buffers of this backend. */
  readonly device?: GPUDevice;
  /** An adapter of yours, which has not given a device yet. */
  readonly adapter?: GPUAdapter;
  /** An implementation of WebGPU. Default: `navigator.gpu`, or in Node the package `webgpu`. */
  readonly gpu?: GPU;
  /** Which GPU, where there are several. */
  readonly powerPreference?: GPUPowerPreference;
  /** Bytes of device memory that arrays may take. Default: 1 GiB. */
  readonly memoryBudget?: number;
  /** Told once when the device is lost: calls under way are rejected with the same typed error, later ones refused. */
  readonly onDeviceLost?: (error: WtildeError) => void;
}

/**
 * Opens a GPU and returns the backend on it. Kernels compile their programs when they are first called.
 *
 * Throws BackendUnavailable where there is no WebGPU, no adapter, or only one that executes nothing; InvalidOption for an
 * option that does not exist or makes no sense.
 */
export async function createWebgpuBackend(options: WebgpuBackendOptions = {}): Promise<WebgpuBackend> {
  checkOptionsBy(rules, options, 'createWebgpuBackend');
  const { memoryBudget = 2 ** 30, onDeviceLost } = options;
  const opened = await openDevice(options);
  return backendOn(new Device({ ...opened, memoryBudget, onLost: onDeviceLost }), deviceFacts(opened, memoryBudget));
}

const rules = {
  device: optionRule.object('a GPUDevice'),
  adapter: optionRule.object('a GPUAdapter'),
  gpu: optionRule.object('a GPU'),
  powerPreference: optionRule.oneOf('low-power', 'high-performance'),
  memoryBudget: optionRule.number('a number of bytes', (bytes) => bytes > 0),
  onDeviceLost: optionRule.callback,
} satisfies Record<keyof WebgpuBackendOptions, OptionRule>;

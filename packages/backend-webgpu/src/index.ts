/// <reference types="@webgpu/types" preserve="true" />
import { checkOptionsBy, type OptionRule, optionRule, type WtildeError } from '@wtilde/core-types';
import { backendOn, type WebgpuBackend } from './backend.js';
import { Device } from './device/device.js';
import { deviceFacts, openDevice } from './device/openDevice.js';
import type { PassTime } from './device/passTimes.js';

export type { WebgpuBackend } from './backend.js';
export type { PassTime } from './device/passTimes.js';

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
  /**
   * Told what every pass took on the GPU, by timestamp queries; never where the adapter has none. Browsers round them to
   * 100 microseconds. Every submission then waits for its times.
   */
  readonly onPass?: (pass: PassTime) => void;
}

/**
 * Opens a GPU and returns the backend on it. Kernels compile their programs when they are first called.
 *
 * Throws BackendUnavailable where there is no WebGPU, no adapter, or only one that executes nothing; InvalidOption for an
 * option that does not exist or makes no sense.
 */
export async function createWebgpuBackend(options: WebgpuBackendOptions = {}): Promise<WebgpuBackend> {
  checkOptionsBy(rules, options, 'createWebgpuBackend');
  const { memoryBudget = 2 ** 30, onDeviceLost, onPass } = options;
  const opened = await openDevice({ ...options, timestamps: onPass !== undefined });
  const device = new Device({ ...opened, memoryBudget, onLost: onDeviceLost, onPass });
  return backendOn(device, deviceFacts(opened, memoryBudget));
}

const rules = {
  device: optionRule.object('a GPUDevice'),
  adapter: optionRule.object('a GPUAdapter'),
  gpu: optionRule.object('a GPU'),
  powerPreference: optionRule.oneOf('low-power', 'high-performance'),
  memoryBudget: optionRule.number('a number of bytes', (bytes) => bytes > 0),
  onDeviceLost: optionRule.callback,
  onPass: optionRule.callback,
} satisfies Record<keyof WebgpuBackendOptions, OptionRule>;

import { type BackendInfo, WtildeError } from '@wtilde/core-types';
import { messageOf } from './failures.js';
import { missingVulkanLoader } from './vulkanLoader.js';

/** Where the device comes from: the first of these that is given, or what the platform has. */
export interface DeviceSource {
  readonly device?: GPUDevice | undefined;
  readonly adapter?: GPUAdapter | undefined;
  readonly gpu?: GPU | undefined;
  readonly powerPreference?: GPUPowerPreference | undefined;
  /** Whether timestamp queries are wanted, where the adapter has them. */
  readonly timestamps?: boolean;
}

export interface OpenedDevice {
  readonly gpu: GPUDevice;
  readonly root: GPU | undefined;
  /** False where the caller brought the device. */
  readonly owned: boolean;
}

const remedies = {
  dawn: 'npm install webgpu, pass { gpu }, or use another backend',
  driver:
    'install a Vulkan driver (on Debian: mesa-vulkan-drivers of Mesa 25 or later, which needs no GPU), or point ' +
    'VK_DRIVER_FILES to one and LD_LIBRARY_PATH to libvulkan.so.1 before the process starts; or use another backend',
  browser: 'use a browser with WebGPU on a page served over https or from localhost, or use another backend',
};

/** Drivers that offer bindings above 2 GiB compute wrongly in them (gpuweb/gpuweb#6338). */
const mostBytes = 2 ** 31 - 4;

/** Opens the device. Throws BackendUnavailable with the reason and the remedy. */
export async function openDevice(source: DeviceSource): Promise<OpenedDevice> {
  const { device, powerPreference, timestamps = false } = source;
  if (device !== undefined) return { gpu: device, root: source.gpu, owned: false };
  const root = source.adapter === undefined ? (source.gpu ?? browserGpu() ?? (await dawn())) : source.gpu;
  const adapter =
    source.adapter ?? (await root?.requestAdapter(powerPreference === undefined ? {} : { powerPreference }));
  if (adapter === null || adapter === undefined) {
    throw unavailable(
      'WebGPU finds no adapter: there is neither a GPU nor a software driver for it',
      browserGpu() === undefined ? remedies.driver : remedies.browser,
    );
  }
  if (isNullAdapter(adapter.info)) {
    throw unavailable('the only WebGPU adapter is the null one, which executes nothing', remedies.driver);
  }
  const maxBufferSize = Math.min(adapter.limits.maxBufferSize, mostBytes);
  const maxStorageBufferBindingSize = Math.min(adapter.limits.maxStorageBufferBindingSize, mostBytes);
  try {
    const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize };
    const stamped = timestamps && adapter.features.has('timestamp-query');
    const requiredFeatures: GPUFeatureName[] = stamped ? ['timestamp-query'] : [];
    const gpu = await adapter.requestDevice({ label: 'wtilde', requiredLimits, requiredFeatures });
    return { gpu, root, owned: true };
  } catch (error) {
    throw unavailable(`the WebGPU adapter gives no device: ${messageOf(error)}`, remedies.driver, error);
  }
}

/** What `backend.info` says of a device. */
export function deviceFacts({ gpu }: OpenedDevice, memoryBudget: number): BackendInfo {
  const { vendor, architecture, device, description } = gpu.adapterInfo;
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu.limits;
  const adapter = { vendor, architecture, device, description };
  const name = [description, device, architecture, vendor].find((part) => part !== '') ?? 'unnamed';
  return {
    summary: `WGSL on ${name}, float32`,
    deviceMemory: true,
    adapter,
    memoryBudget,
    limits: { maxBufferSize, maxStorageBufferBindingSize },
    features: [...gpu.features].sort(),
  };
}

function isNullAdapter({ device, description }: GPUAdapterInfo): boolean {
  return [device, description].some((name) => /^null\b/i.test(name));
}

/** WebGPU of a browser. Node has a navigator, too, but no GPU in it. */
function browserGpu(): GPU | undefined {
  const host: unknown = Reflect.get(globalThis, 'navigator');
  const gpu: unknown = typeof host === 'object' && host !== null ? Reflect.get(host, 'gpu') : undefined;
  return isGpu(gpu) ? gpu : undefined;
}

/** WebGPU of the optional package `webgpu`, for Node. */
async function dawn(): Promise<GPU> {
  const gpu = await createDawn();
  const missing = missingVulkanLoader();
  if (missing === undefined) return gpu;
  throw unavailable(`WebGPU finds no Vulkan loader, and so no adapter: ${missing}`, remedies.driver);
}

async function createDawn(): Promise<GPU> {
  // A name that bundlers cannot follow: browsers never come here.
  const name: string = 'webgpu';
  try {
    const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    const create: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'create') : undefined;
    const gpu: unknown = typeof create === 'function' ? create([]) : undefined;
    if (isGpu(gpu)) return gpu;
  } catch (error) {
    throw unavailable(`there is no WebGPU here: ${messageOf(error)}`, remedies.dawn, error);
  }
  throw unavailable('the package webgpu is not the one expected', remedies.dawn);
}

function isGpu(value: unknown): value is GPU {
  return typeof value === 'object' && value !== null && 'requestAdapter' in value;
}

function unavailable(what: string, remedy: string, cause?: unknown): WtildeError {
  return new WtildeError('BackendUnavailable', { what, where: 'createWebgpuBackend', remedy, cause });
}

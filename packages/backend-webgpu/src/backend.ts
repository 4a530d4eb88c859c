import {
  type AsyncBackend,
  type BackendInfo,
  defineAsyncBackend,
  type ImplementationsOn,
  implementationsOn,
  type MethodFacts,
} from '@wtilde/core-types';
import type { Device } from './device/device.js';
import * as kernels from './kernels/index.js';

type Implementations = ImplementationsOn<typeof kernels>;

/** The kernels that float32 will do for, in WGSL. */
export type WebgpuBackend = AsyncBackend<keyof Implementations, 'webgpu'>;

/** The backend on a device, which it disposes of with itself. */
export function backendOn(device: Device, info: BackendInfo): WebgpuBackend {
  return defineAsyncBackend({
    id: 'webgpu',
    precision: 'float32',
    info,
    implementations: whileUsable(device, implementationsOn(device, kernels)),
    dispose: () => device.dispose(),
  });
}

/** The implementations with methods that refuse once the device is lost, so that a dispatcher takes its fallback. */
function whileUsable(device: Device, implementations: Implementations): Implementations;
function whileUsable(device: Device, implementations: Readonly<Record<string, { readonly methods: Methods }>>): object {
  return mapValues(implementations, ({ methods }) => ({
    methods: mapValues(methods, (method) => ({
      ...method,
      canRun: (...given: Parameters<NonNullable<MethodFacts['canRun']>>) =>
        device.unusable ?? method.canRun?.(...given) ?? true,
    })),
  }));
}

type Methods = Readonly<Record<string, MethodFacts>>;

function mapValues<T>(record: Readonly<Record<string, T>>, of: (value: T) => object): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

import { type AsyncBackend, type BackendInfo, defineAsyncBackend, type MethodFacts } from '@wtilde/core-types';
import type { Device } from './device/device.js';
import * as kernels from './kernels/index.js';

type Implementations = { readonly [N in keyof typeof kernels]: ReturnType<(typeof kernels)[N]> };

/** The kernels that float32 will do for, in WGSL. */
export type WebgpuBackend = AsyncBackend<keyof Implementations, 'webgpu'>;

/** The backend on a device, which it disposes of with itself. */
export function backendOn(device: Device, info: BackendInfo): WebgpuBackend {
  return defineAsyncBackend({
    id: 'webgpu',
    precision: 'float32',
    info,
    implementations: implementationsOn(device),
    dispose: () => device.dispose(),
  });
}

/** Gives every kernel its device, without which no method can run. */
function implementationsOn(device: Device): Implementations;
function implementationsOn(device: Device): object {
  const factories: Readonly<Record<string, (on: Device) => { readonly methods: Methods }>> = kernels;
  return Object.fromEntries(
    Object.entries(factories).map(([name, create]) => [name, { methods: whileUsable(device, create(device).methods) }]),
  );
}

type Methods = Readonly<Record<string, MethodFacts>>;

/** A method that refuses once the device is lost, so that a dispatcher takes its fallback. */
function whileUsable(device: Device, methods: Methods): Methods {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      {
        ...method,
        canRun: (...given: Parameters<NonNullable<MethodFacts['canRun']>>) =>
          device.unusable ?? method.canRun?.(...given) ?? true,
      },
    ]),
  );
}

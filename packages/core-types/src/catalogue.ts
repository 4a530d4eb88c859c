import { describeValue } from './describeValue.js';
import type {
  DeviceArgs,
  DeviceResult,
  DeviceRunArgs,
  HostArgs,
  HostResult,
  KernelDescriptor,
  RunArgs,
} from './descriptor.js';
import type { DocumentedKernels, DocumentedRecords } from './documented.js';
import { WtildeError } from './errors.js';
import * as catalogue from './kernels/index.js';
import { remedyByName } from './nearest.js';

/** Every kernel by its name. */
export const kernels = catalogue;

export type Catalogue = typeof catalogue;
export type KernelName = keyof Catalogue;

type ParamsOf<N extends KernelName> = Catalogue[N]['params'];
type ReturnsOf<N extends KernelName> = Catalogue[N]['returns'];

type MemberOf<T, K> = K extends keyof T ? T[K] : never;

// What is inferred from descriptors, with the comments of the generated interfaces of the same members.

type Args = {
  [N in KernelName]: { [K in keyof DocumentedKernels[N]]: MemberOf<HostArgs<ParamsOf<N>>, K> };
};
type ArgsOnDevice = {
  [N in KernelName]: { [K in keyof DocumentedKernels[N]]: MemberOf<DeviceArgs<ParamsOf<N>>, K> };
};
type Results = {
  [N in KernelName]: N extends keyof DocumentedRecords
    ? { [K in keyof DocumentedRecords[N]]: MemberOf<HostResult<ReturnsOf<N>>, K> }
    : HostResult<ReturnsOf<N>>;
};

/** The arguments and results of a kernel, by its name. */
export type KernelArgs<N extends KernelName> = Args[N];
export type KernelDeviceArgs<N extends KernelName> = ArgsOnDevice[N];
export type KernelRunArgs<N extends KernelName> = RunArgs<ParamsOf<N>>;
export type KernelDeviceRunArgs<N extends KernelName> = DeviceRunArgs<ParamsOf<N>>;
export type KernelResult<N extends KernelName> = Results[N];
export type KernelDeviceResult<N extends KernelName> = DeviceResult<ReturnsOf<N>>;

/** All kernels, in the order of the catalogue. */
export function allKernels(): readonly KernelDescriptor[] {
  return Object.values(catalogue).sort((a, b) => a.number - b.number);
}

/** All kernel names, in the order of the catalogue. */
export function kernelNames(): readonly KernelName[] {
  return allKernels()
    .map(({ name }) => name)
    .filter(isKernelName);
}

export function isKernelName(name: string): name is KernelName {
  return Object.hasOwn(catalogue, name);
}

/** The kernel of this name, ours or upstream's; throws UnknownKernel with the known names otherwise. */
export function findKernel(name: string): KernelDescriptor {
  const found = isKernelName(name) ? kernels[name] : allKernels().find(({ upstream }) => upstream === name);
  if (found !== undefined) return found;
  throw new WtildeError('UnknownKernel', {
    what: 'there is no kernel of this name',
    where: 'kernel',
    expected: `one of ${allKernels().length}, in either spelling: mappingMatrixFrom or mapping_matrix_from`,
    actual: typeof name === 'string' ? name : describeValue(name),
    remedy: remedyByName(
      name,
      allKernels().map((kernel) => kernel[String(name).includes('_') ? 'upstream' : 'name']),
      'use a name that wtilde kernel --help lists',
    ),
  });
}

/** The names under which python-autojax and its data files know a parameter, the usual one first. */
export function upstreamNames(name: string, param: { readonly upstream?: readonly string[] }): readonly string[] {
  return param.upstream ?? [snakeCase(name)];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`);
}

import {
  type AsyncImplementation,
  implementAsync,
  isHandle,
  type KernelDeviceRunArgs,
  type KernelName,
  type KernelResult,
  type KernelRunArgs,
  type MethodFacts,
  type RunContext,
  WtildeError,
} from '@wtilde/core-types';

interface HostMethod<N extends KernelName> extends MethodFacts {
  run(args: KernelRunArgs<N>, context: RunContext): Promise<KernelResult<N>>;
}

/** The methods of a kernel of a backend that keeps nothing on a device: all arguments are on the host. */
export function onHost<N extends KernelName>(
  kernel: { readonly name: N },
  methods: Readonly<Record<string, HostMethod<NoInfer<N>>>>,
): AsyncImplementation<N> {
  return implementAsync(
    kernel,
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        {
          ...method,
          async run(args: KernelDeviceRunArgs<N>, context: RunContext): Promise<KernelResult<N>> {
            if (isOnHost<N>(args)) return await method.run(args, context);
            throw new WtildeError('ForeignHandle', {
              what: 'this backend keeps no arrays on a device',
              where: kernel.name,
              remedy: 'pass host arrays',
            });
          },
        },
      ]),
    ),
  );
}

function isOnHost<N extends KernelName>(
  args: KernelDeviceRunArgs<N>,
): args is KernelDeviceRunArgs<N> & KernelRunArgs<N> {
  return !Object.values(args).some(isHandle);
}

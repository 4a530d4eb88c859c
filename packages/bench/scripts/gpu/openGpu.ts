import { WtildeError } from '@wtilde/core-types';

/** A GPU that kernels and plain programs run on. */
export interface OpenGpu {
  readonly gpu: GPU;
  readonly device: GPUDevice;
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
  };
  /** Whether passes are timed by the clock of the GPU. */
  readonly timestamps: boolean;
  /** Milliseconds of one dispatch after one that is not counted: by timestamps, or by the clock where there are none. */
  timed(
    pipeline: GPUComputePipeline,
    buffers: readonly GPUBuffer[],
    groups: readonly [number, number?],
  ): Promise<number>;
}

/**
 * Opens a GPU with its largest limits and timestamp queries.
 *
 * @throws BackendUnavailable
 */
export async function openGpu(gpu: GPU): Promise<OpenGpu> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new WtildeError('BackendUnavailable', {
      what: 'WebGPU finds no adapter: there is neither a GPU nor a software driver for it',
      where: 'gpu',
      remedy: 'install a Vulkan driver, or point VK_DRIVER_FILES to one and LD_LIBRARY_PATH to libvulkan.so.1',
    });
  }
  const timestamps = adapter.features.has('timestamp-query');
  // Above 2 GiB drivers compute wrongly.
  const limit = (value: number) => Math.min(value, 2 ** 31 - 4);
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredFeatures: timestamps ? ['timestamp-query'] : [],
    requiredLimits: {
      maxBufferSize: limit(maxBufferSize),
      maxStorageBufferBindingSize: limit(maxStorageBufferBindingSize),
    },
  });
  const { vendor, architecture, description, device: name } = adapter.info;

  async function once(pipeline: GPUComputePipeline, bindGroup: GPUBindGroup, [x, y = 1]: readonly [number, number?]) {
    const encoder = device.createCommandEncoder();
    const querySet = timestamps ? device.createQuerySet({ type: 'timestamp', count: 2 }) : undefined;
    const timestampWrites = querySet && { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
    const pass = encoder.beginComputePass(timestampWrites ? { timestampWrites } : {});
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(x, y);
    pass.end();
    const resolved = device.createBuffer({ size: 16, usage: 0x200 | 0x4 });
    const staging = device.createBuffer({ size: 16, usage: 0x8 | 0x1 });
    if (querySet !== undefined) {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16);
    }
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const wall = performance.now() - started;
    if (querySet === undefined) return wall;
    await staging.mapAsync(1);
    const [begin, end] = new BigUint64Array(staging.getMappedRange().slice(0));
    for (const each of [querySet, resolved, staging]) each.destroy();
    const ms = Number(end - begin) / 1e6;
    return ms > 0 ? ms : wall;
  }

  return {
    gpu,
    device,
    adapter: { vendor, architecture, device: name, description },
    timestamps,
    async timed(pipeline, buffers, groups) {
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
      const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      await once(pipeline, bindGroup, groups);
      return await once(pipeline, bindGroup, groups);
    },
  };
}

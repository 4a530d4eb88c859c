import { deviceFailure, messageOf } from './failures.js';
import type { Program } from './program.js';

/** The compiled programs of a device, each compiled once. */
export class PipelineCache {
  readonly #gpu: GPUDevice;
  readonly #compiled = new Map<Program, Promise<GPUComputePipeline>>();

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** Rejects with DeviceFailure and the messages of the WGSL compiler, line by line. */
  get(program: Program): Promise<GPUComputePipeline> {
    const known = this.#compiled.get(program);
    if (known !== undefined) return known;
    const pipeline = this.#compile(program);
    this.#compiled.set(program, pipeline);
    return pipeline;
  }

  async #compile({ label, wgsl }: Program): Promise<GPUComputePipeline> {
    this.#gpu.pushErrorScope('validation');
    const module = this.#gpu.createShaderModule({ label, code: wgsl });
    // Told in full by getCompilationInfo; caught here, so that nobody's console gets it.
    const noted = this.#gpu.popErrorScope();
    try {
      const pipeline = this.#gpu.createComputePipelineAsync({ label, layout: 'auto', compute: { module } });
      return (await Promise.all([pipeline, noted]))[0];
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const lines = messages
        .filter(({ type }) => type === 'error')
        .map(({ lineNum, linePos, message }) => `${label}:${lineNum}:${linePos} ${message}`);
      throw deviceFailure(label, lines.length > 0 ? lines.join('; ') : messageOf(error), error);
    }
  }
}

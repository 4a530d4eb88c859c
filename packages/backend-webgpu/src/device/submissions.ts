/** Commands on their way to the queue: calls that are made together share a submission. */
export class Submissions {
  readonly #gpu: GPUDevice;
  #commands: GPUCommandBuffer[] = [];
  #next: Promise<Submission> | undefined;

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** Resolves once the commands are in the queue. */
  add(commands: GPUCommandBuffer): Promise<Submission> {
    this.#commands.push(commands);
    this.#next ??= this.#submitSoon();
    return this.#next;
  }

  async #submitSoon(): Promise<Submission> {
    // Whoever is at the same point gets on board meanwhile.
    await Promise.resolve();
    const commands = this.#commands;
    this.#commands = [];
    this.#next = undefined;
    for (const kind of ['internal', 'out-of-memory', 'validation'] as const) this.#gpu.pushErrorScope(kind);
    this.#gpu.queue.submit(commands);
    const faults = Promise.all([1, 2, 3].map(() => this.#gpu.popErrorScope()));
    return { fault: faults.then((errors) => errors.find((error) => error !== null) ?? null) };
  }
}

export interface Submission {
  /** What the device found wrong with it. */
  readonly fault: Promise<GPUError | null>;
}

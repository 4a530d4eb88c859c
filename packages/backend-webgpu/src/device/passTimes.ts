/** What one pass of a program took on the GPU, by its own clock. */
export interface PassTime {
  /** Its label. */
  readonly program: string;
  readonly ms: number;
}

/** Of a query set; no more may be in one. */
const mostPasses = 2048;

const queryResolve = 0x200;
const copySource = 0x4;
const copyDestination = 0x8;
const mapRead = 0x1;

/** The timestamps of the passes of one command buffer. */
export interface Stamps {
  /** Of a pass; none for those beyond what a query set holds. */
  of(pass: number): GPUComputePassTimestampWrites | undefined;
  /** To be encoded behind the passes. */
  resolve(encoder: GPUCommandEncoder): void;
  /** Tells of all passes, once the commands are in the queue. */
  tell(): Promise<void>;
}

/** Stamps passes with timestamp queries and tells what each took. */
export class PassTimer {
  readonly #gpu: GPUDevice;
  readonly #told: (pass: PassTime) => void;

  constructor(gpu: GPUDevice, told: (pass: PassTime) => void) {
    this.#gpu = gpu;
    this.#told = told;
  }

  /** @param programs the labels of the passes, in order */
  stamps(programs: readonly string[]): Stamps {
    const gpu = this.#gpu;
    const told = this.#told;
    const count = 2 * Math.min(programs.length, mostPasses);
    const querySet = gpu.createQuerySet({ type: 'timestamp', count });
    const resolved = gpu.createBuffer({ size: 8 * count, usage: queryResolve | copySource });
    const staging = gpu.createBuffer({ size: 8 * count, usage: copyDestination | mapRead });
    return {
      of: (pass) =>
        pass < mostPasses
          ? { querySet, beginningOfPassWriteIndex: 2 * pass, endOfPassWriteIndex: 2 * pass + 1 }
          : undefined,
      resolve(encoder) {
        encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
        encoder.copyBufferToBuffer(resolved, 0, staging, 0, 8 * count);
      },
      async tell() {
        try {
          await staging.mapAsync(mapRead);
          const times = new BigUint64Array(staging.getMappedRange().slice(0));
          for (let pass = 0; 2 * pass < count; pass++) {
            told({ program: programs[pass], ms: Number(times[2 * pass + 1] - times[2 * pass]) / 1e6 });
          }
        } finally {
          for (const each of [querySet, resolved, staging]) each.destroy();
        }
      },
    };
  }
}

/** A task: what an import wants to know of its files beside the visibilities. Workers read them where all see them. */
import { estimateNoise, type ImportOptions, type NoiseEstimate } from '@wtilde/data';
import { openUvfitsFile, sha256Of } from '@wtilde/data/node';
import type { OpenTask, Work } from '@wtilde/executor';
import { type Fingerprint, requireSame } from './fingerprint.js';

/** What all jobs have in common. */
export interface ObservationSettings {
  readonly files: readonly string[];
  /** Of the files: workers that see others refuse. */
  readonly fingerprint: Fingerprint;
  readonly options: ImportOptions;
}

/** The SHA-256 of a file, or the noise that neighbouring integrations of a UVFITS file tell. */
export type ObservationJob = { readonly kind: 'hash' | 'noise'; readonly file: string };

const text = { of: (bytes: Uint8Array) => new TextDecoder().decode(bytes), to: new TextEncoder() };

export async function open(work: Work): Promise<OpenTask> {
  const { files, fingerprint, options }: ObservationSettings = JSON.parse(work.settings);
  await requireSame(files, fingerprint);
  return {
    async run(bytes) {
      const { kind, file }: ObservationJob = JSON.parse(text.of(bytes));
      if (kind === 'hash') return text.to.encode(await sha256Of(file));
      return bytesOfNoise(await estimateNoise(await openUvfitsFile(file), options));
    },
    close() {},
  };
}

export function jobOf(job: ObservationJob): Uint8Array {
  return text.to.encode(JSON.stringify(job));
}

export function hashOfBytes(bytes: Uint8Array): string {
  return text.of(bytes);
}

/** As JSON, which keeps every bit of finite numbers. */
function bytesOfNoise(noise: NoiseEstimate): Uint8Array {
  return text.to.encode(JSON.stringify({ ...noise, factors: [...noise.factors] }));
}

export function noiseOfBytes(bytes: Uint8Array): NoiseEstimate {
  const { factors, ...noise } = JSON.parse(text.of(bytes));
  return { ...noise, factors: new Map(factors) };
}

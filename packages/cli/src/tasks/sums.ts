/** A task: sums over some of the visibilities of a dataset. Workers read them by themselves, from a folder that all see. */
import { type Fields, fieldNamed, readNpz, realScalar, requireField, type Visibilities, writeNpz } from '@wtilde/data';
import { createDispatcher } from '@wtilde/dispatch';
import { type OpenTask, pack, unpack, type Work } from '@wtilde/executor';
import {
  addSums,
  type DatasetSums,
  type GainErrors,
  gainEstimateFields,
  gainEstimatesFrom,
  type Mask2D,
  maskOf,
  sumsFields,
  sumsFrom,
  sumVisibilities,
} from '@wtilde/lens';
import { type NoiseChanges, noChanges, rmsNoise, sumOfChanges, withNoiseRemedy } from '../lensing/noise.js';
import { type TaskBackend, taskBackend } from './backend.js';
import { openChunks } from './chunks.js';
import { type Fingerprint, filesOfFolders, requireSame } from './fingerprint.js';

/** What all jobs have in common beside the mask. */
export interface SumsSettings {
  /** The folders of the visibilities, where every worker sees them: their chunks are counted on from one to the next. */
  readonly folders: readonly string[];
  /** Of their files: workers that see others refuse. */
  readonly fingerprint: Fingerprint;
  readonly chunkSize: number;
  readonly tolerance?: number | undefined;
  readonly noise?: 'rms' | undefined;
  /** What gains of antennas are averaged over, but for arrays, and the time that intervals are counted from. */
  readonly gains?: SentGainErrors | undefined;
  readonly backend: TaskBackend;
}

type SentGainErrors = Pick<GainErrors, 'phase' | 'amplitude' | 'interval'> & { readonly begin?: number | undefined };

/** Sums, and what was changed of the noise. */
export interface PartialSums {
  readonly sums: DatasetSums;
  readonly noise: NoiseChanges;
}

/** Chunks from one index up to, without it, another. */
export interface SumsJob {
  readonly from: number;
  readonly to: number;
}

const text = { of: (bytes: Uint8Array) => new TextDecoder().decode(bytes), to: new TextEncoder() };

export async function open(work: Work, threads?: number): Promise<OpenTask> {
  const {
    folders,
    fingerprint,
    chunkSize,
    tolerance,
    noise,
    gains,
    backend: wanted,
  }: SumsSettings = JSON.parse(work.settings);
  const mask = maskIn(work.dataset);
  const backend = await taskBackend(wanted, threads);
  const dispatcher = createDispatcher({ backends: [backend], arrayConversion: 'always-host' });
  await requireSame(await filesOfFolders(folders, gains !== undefined), fingerprint);
  const stream = await openChunks(folders, chunkSize, gains !== undefined);
  const { begin, ...errors } = gains ?? {};
  const gainErrors = gains && { ...errors, ...referenceIn(work.dataset) };

  return {
    async run(job) {
      const range: SumsJob = JSON.parse(text.of(job));
      const equal = noise === undefined ? undefined : rmsNoise();
      async function* equalized(): AsyncGenerator<Visibilities> {
        for await (const chunk of stream.chunks(range)) yield equal?.of(chunk) ?? chunk;
      }
      try {
        const sums = await sumVisibilities(equalized(), {
          mask,
          dispatcher,
          tolerance,
          expectedVisibilities: stream.count,
          ...{ gainErrors, begin },
          first: stream.before(range.from),
        });
        return bytesOfSums({ sums, noise: equal?.changes() ?? noChanges });
      } catch (error) {
        throw withNoiseRemedy(error);
      }
    },
    close: () => backend.dispose?.(),
  };
}

export function jobOf(job: SumsJob): Uint8Array {
  return text.to.encode(JSON.stringify(job));
}

/** The mask as arrays: what it was drawn with does not change sums. */
export function maskFields({ mask, pixelScale }: Mask2D): Fields {
  return { mask, pixel_scale: realScalar(pixelScale) };
}

/** The arrays of what gains are averaged about. */
export function referenceFields({ image, estimates }: Pick<GainErrors, 'image' | 'estimates'>): Fields {
  return { ...(image && { gain_image: image }), ...(estimates && gainEstimateFields(estimates)) };
}

function referenceIn(fields: Fields): Pick<GainErrors, 'image' | 'estimates'> {
  const has = (name: string) => fieldNamed(fields, name) !== undefined;
  return {
    ...(has('gain_image') && { image: requireField(fields, 'gain_image', 'real') }),
    ...(has('antenna_gain_antennas') && { estimates: gainEstimatesFrom(fields) }),
  };
}

function maskIn(fields: Fields): Mask2D {
  const [pixelScale] = requireField(fields, 'pixel_scale', 'real').data;
  return maskOf(requireField(fields, 'mask', 'bool'), pixelScale);
}

function bytesOfSums({ sums, noise }: PartialSums): Uint8Array {
  return pack([writeNpz(sumsFields(sums), { level: 0 }), text.to.encode(JSON.stringify(noise))]);
}

export function sumsOfBytes(bytes: Uint8Array, mask: Mask2D): PartialSums {
  const [arrays, noise] = unpack(bytes, 'sums');
  return { sums: sumsFrom(readNpz(arrays), mask), noise: JSON.parse(text.of(noise)) };
}

export function addPartialSums(a: PartialSums, b: PartialSums): PartialSums {
  return { sums: addSums(a.sums, b.sums), noise: sumOfChanges(a.noise, b.noise) };
}

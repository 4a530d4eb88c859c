/** A task: log likelihoods of a model with priors at points. */
import type { NdArray } from '@wtilde/core-types';
import { type Fields, requireField } from '@wtilde/data';
import { bytesOfNumbers, numbersOfBytes, type OpenTask, pack, unpack, type Work } from '@wtilde/executor';
import type { Evaluation } from '@wtilde/fit';
import { createEvaluator } from '../pool/evaluator.js';
import type { ModelSetup } from '../pool/jobs.js';
import { type TaskBackend, takeInstructions } from './backend.js';

/** What all jobs have in common beside the prepared dataset. */
export interface PointsSettings {
  readonly backend: TaskBackend;
  readonly model: ModelSetup;
}

/** Some points, and what is to be known of them. */
export interface PointsJob {
  readonly points: readonly Float64Array[];
  readonly gradient: boolean;
  readonly ease: number;
}

/** A prepared dataset, and the adapt image of the model where it has one: what workers keep. */
export function datasetOfPoints(prepared: Fields, adaptImage: NdArray<'real'> | undefined): Fields {
  return adaptImage === undefined ? prepared : { ...prepared, [adaptImageName]: adaptImage };
}

const adaptImageName = 'adapt_image';

export async function open({ dataset, settings }: Work, threads?: number): Promise<OpenTask> {
  const { backend, model }: PointsSettings = JSON.parse(settings);
  takeInstructions(backend);
  const { [adaptImageName]: image, ...prepared } = dataset;
  const adaptImage = image && requireField(dataset, adaptImageName, 'real');
  const evaluator = await createEvaluator({ prepared, adaptImage, backend: backend.id, model }, threads);
  return {
    async run(bytes) {
      const { points, gradient, ease } = pointsOf(bytes);
      const evaluations: Evaluation[] = [];
      for (const values of points) {
        const result = await evaluator.evaluate({ kind: 'point', values, gradient, ease });
        if (result.kind === 'point') evaluations.push(result.evaluation);
      }
      return bytesOfEvaluations(evaluations);
    },
    close: () => evaluator.dispose(),
  };
}

/** A job as bytes: how many points, whether with derivatives, how much easier, then the points. */
export function bytesOfPoints({ points, gradient, ease }: PointsJob): Uint8Array {
  return bytesOfNumbers([points.length, gradient ? 1 : 0, ease, ...points.flatMap((point) => [...point])]);
}

export function pointsOf(bytes: Uint8Array): PointsJob {
  const [count, gradient, ease, ...values] = numbersOfBytes(bytes);
  const length = values.length / count;
  const points = Array.from({ length: count }, (_, i) => Float64Array.from(values.slice(i * length, (i + 1) * length)));
  return { points, gradient: gradient === 1, ease };
}

/** Every evaluation as three pieces: the log likelihood, its derivatives, why there are none. */
export function bytesOfEvaluations(evaluations: readonly Evaluation[]): Uint8Array {
  return pack(
    evaluations.flatMap(({ logLikelihood, gradient = [], failure = '' }) => [
      bytesOfNumbers([logLikelihood]),
      bytesOfNumbers(gradient),
      new TextEncoder().encode(failure),
    ]),
  );
}

export function evaluationsOf(bytes: Uint8Array): readonly Evaluation[] {
  const pieces = unpack(bytes, 'evaluations');
  return Array.from({ length: pieces.length / 3 }, (_, i): Evaluation => {
    const [logLikelihood] = numbersOfBytes(pieces[3 * i]);
    const gradient = numbersOfBytes(pieces[3 * i + 1]);
    const failure = new TextDecoder().decode(pieces[3 * i + 2]);
    return {
      logLikelihood,
      ...(gradient.length === 0 ? {} : { gradient }),
      ...(failure === '' ? {} : { failure }),
    };
  });
}

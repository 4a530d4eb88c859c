import { isWtildeError } from '@wtilde/core-types';
import { evidenceObjective, parseModelWithPriors } from '@wtilde/fit';
import {
  hasLightBesidePixels,
  inversionFrom,
  jointInversion,
  parseLensModel,
  parseMesh,
  parseRegularization,
  preparedFrom,
  withoutGivenSource,
} from '@wtilde/lens';
import { lensingBackends } from '../lensing/backends.js';
import type { Job, LineResult, Result, Setup } from './jobs.js';

/** Makes evidences, one after the other. */
export interface Evaluator {
  evaluate(job: Job): Promise<Result>;
  dispose(): void;
}

/** @param threads of a backend that shares its work among threads */
export async function createEvaluator(
  { prepared, others = [], adaptImage, backend, model }: Setup,
  threads?: number,
): Promise<Evaluator> {
  const { dispose, ...backends } = await lensingBackends(backend, threads);
  const inversion = inversionFrom(preparedFrom(prepared), backends);
  const further = others.map((fields) => inversionFrom(preparedFrom(fields), backends));
  const source = further.length === 0 ? inversion : jointInversion([inversion, ...further]);
  const objective =
    model === undefined
      ? undefined
      : evidenceObjective(source, parseModelWithPriors(model.json, { ...model.options, adaptImage }));

  async function line(job: Extract<Job, { kind: 'line' }>): Promise<LineResult> {
    const { text, mesh, regularization, gradient, positive } = job;
    try {
      const lens = parseLensModel(JSON.parse(text));
      const solve = positive ? 'positive' : 'unrestricted';
      const pixels = { mesh: parseMesh(mesh), regularization: parseRegularization(regularization) };
      if (hasLightBesidePixels(lens)) {
        if (gradient) return { error: 'light profiles have no gradient: leave --gradient out' };
        const light = await inversion.lightEvidence({ lens: withoutGivenSource(lens), ...pixels, solve });
        return { logEvidence: light.logEvidence };
      }
      const model = { lens, ...pixels, solve } as const;
      if (!gradient) return { logEvidence: (await inversion.evidence(model)).logEvidence };
      const found = await inversion.evidenceAndGradient(model);
      return { logEvidence: found.logEvidence, gradient: found.gradient };
    } catch (error) {
      // What is wrong with one model says nothing of the next.
      if (error instanceof SyntaxError || isWtildeError(error)) return { error: error.message };
      throw error;
    }
  }

  return {
    async evaluate(job) {
      if (job.kind === 'line') return { kind: 'line', line: await line(job) };
      if (objective === undefined) throw new Error('a point for a worker without a model');
      const { values, gradient, ease } = job;
      const [evaluation] = await objective.evaluate([values], { gradient, ease });
      return { kind: 'point', evaluation };
    },
    dispose() {
      for (const each of [inversion, ...further]) each.dispose();
      dispose();
    },
  };
}

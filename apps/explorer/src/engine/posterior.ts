import { type AbortSignalLike, real } from '@wtilde/core-types';
import { writeNpz } from '@wtilde/data';
import { cornerPlot, svgOf } from '@wtilde/figures';
import {
  marginalsOf,
  optimise,
  type Posterior,
  type SearchProgress,
  sampleImportance,
  sampleNested,
  sampleNuts,
} from '@wtilde/fit';
import type { Inversion } from '@wtilde/lens';
import { type Freedom, type Problem, problemOf } from './problem.js';
import type { ModelChoice, PosteriorResult, SamplerChoice } from './protocol.js';

export interface SampleOptions extends Freedom, SamplerChoice {
  readonly signal: AbortSignalLike;
  onProgress(step: string, part: number): void;
}

/** Chains side by side, and steps of each before its samples count: the curvature at the maximum is their metric. */
const [chains, warmup] = [4, 60];
/** Milliseconds from one word on how far it is to the next. */
const apart = 300;

/** The posterior of what is free around a model, as a corner plot and as samples. */
export async function samplePosterior(
  inversion: Inversion,
  model: ModelChoice,
  options: SampleOptions,
): Promise<PosteriorResult> {
  const posterior = await sampled(problemOf(inversion, model, options), options);
  const { statement, converged, evaluations, logZ, paths, values, weights, logLikelihoods } = posterior;
  const samples = real(Float64Array.from(values.flatMap((point) => [...point])), [values.length, paths.length]);
  const npz = writeNpz({ values: samples, weights: real(weights), log_likelihoods: real(logLikelihoods) });
  return {
    model,
    statement,
    converged,
    evaluations,
    logZ,
    parameters: marginalsOf(posterior).map(({ path, quantiles: { median, q16, q84 } }) => ({ path, median, q16, q84 })),
    corner: svgOf(cornerPlot({ names: paths, samples, weights: real(weights) })),
    npz: Uint8Array.from(npz),
  };
}

async function sampled({ objective, start }: Problem, options: SampleOptions): Promise<Posterior> {
  const { sampler, samples, signal } = options;
  const telling = (step: string) => {
    let told = 0;
    return ({ evaluations, fraction = 0 }: SearchProgress) => {
      if (performance.now() - told < apart) return;
      told = performance.now();
      options.onProgress(`${step}, ${evaluations} evaluations`, fraction);
    };
  };
  if (sampler === 'nested') {
    return await sampleNested(objective, { effectiveSamples: samples, signal, onProgress: telling('nested sampling') });
  }
  const fit = await optimise(objective, { from: [start], signal, onProgress: telling('looking for the maximum') });
  if (sampler === 'importance') {
    const onProgress = telling('importance sampling');
    return await sampleImportance(objective, fit, { effectiveSamples: samples, signal, onProgress });
  }
  const onProgress = telling('NUTS');
  return await sampleNuts(objective, fit, { chains, warmup, samples: Math.ceil(samples / chains), signal, onProgress });
}

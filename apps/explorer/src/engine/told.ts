import { dirtyBeamOf, type Evidence } from '@wtilde/lens';
import type { Inverted } from './dataset.js';
import { onSky, picturesOf, weightOf } from './pictures.js';
import type { Computing, Evaluated, ModelChoice, Opened } from './protocol.js';

/** What the page is told of a dataset that has been opened. */
export function openedOf(
  name: string,
  { inversion, mask, fixedMask, baselines }: Inverted,
  computing: Computing,
  ms: number,
): Opened {
  const { sums, geometry, warnings } = inversion;
  const weight = weightOf(inversion);
  const beam = dirtyBeamOf(sums);
  return {
    name,
    mask,
    fixedMask,
    visibilities: sums.visibilityCount,
    flagged: sums.flaggedCount,
    imagePixels: geometry.pixels,
    dirtyImage: onSky(inversion, sums.dirtyImage.data, 1 / weight, 'Jy/beam'),
    dirtyNoise: 1 / Math.sqrt(weight),
    baselines,
    ...(beam === undefined ? {} : { beam }),
    computing,
    warnings,
    ms,
  };
}

/** What the page is told of a model, from its evidence. */
export function evaluatedOf(
  { inversion }: Inverted,
  model: ModelChoice,
  evidence: Evidence,
  coarse: boolean,
  started: number,
): Evaluated {
  const pictures = picturesOf(inversion, model, evidence, coarse);
  return {
    logEvidence: evidence.logEvidence,
    ...(coarse ? {} : { errorBound: evidence.errorBound }),
    ...(evidence.errorEstimate === undefined ? {} : { errorEstimate: evidence.errorEstimate }),
    terms: { ...evidence.terms },
    sourcePixels: evidence.mapper.pixels,
    ...pictures,
    ran: evidence.ran.flatMap((event) =>
      'backend' in event
        ? [{ kernel: event.kernel, backend: event.backend, method: event.method, precision: event.precision }]
        : [],
    ),
    warnings: evidence.warnings.filter((warning) => !inversion.warnings.includes(warning)),
    ms: performance.now() - started,
    coarse,
  };
}

/** What goes over without a copy. */
export function buffersOf({
  model,
  residuals,
  source,
  vertices,
  critical,
  caustics,
}: Evaluated): readonly ArrayBuffer[] {
  const images = [model, ...(residuals === undefined ? [] : [residuals]), source].map(({ data }) => data);
  return [...images, vertices, ...critical, ...caustics].map(({ buffer }) => buffer);
}

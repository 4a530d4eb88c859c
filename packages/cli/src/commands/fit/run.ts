import { writeNpz } from '@wtilde/data';
import { type Fit, magnificationOf, optimise, type SearchProgress } from '@wtilde/fit';
import type { LightEvidence } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { arraysName, pictureFiles } from '../../lensing/pictures.js';
import { type Search, withSearch } from '../../lensing/search.js';
import { lightFields, linearOf } from '../evidence/light.js';
import type { FitOptions } from './options.js';
import { type FitResult, jsonOf, report } from './report.js';

/** `wtilde fit`: the lens model of the largest posterior. */
export async function fit(options: FitOptions, io: Io): Promise<ExitCode> {
  const { seed, starts, out, json } = options;
  return await withSearch('fit', options, { starts }, io, async (search) => {
    const started = performance.now();
    const trace: { readonly evaluation: number; readonly logEvidence: number }[] = [];
    const onProgress = (progress: SearchProgress) => {
      const { evaluations: evaluation, best } = progress;
      if (best !== undefined) trace.push({ evaluation, logEvidence: best.logLikelihood });
      search.onProgress(progress);
    };
    const found: Fit = await optimise(search.objective, { seed, starts, onProgress });
    const seconds = (performance.now() - started) / 1000;
    const { result, files } = await (search.lightEvidenceAt === undefined
      ? ofPixels(options, search, found, trace, seconds)
      : ofLight(search, search.lightEvidenceAt, found, seconds));
    await search.write({ ...files, 'result.json': result });
    for (const { text } of result.notes) note(io, `warning: ${text}`);
    if (json) printJson(io, result);
    else print(io, report(result, out));
    return exitCodes.fine;
  });
}

interface Made {
  readonly result: FitResult;
  readonly files: Readonly<Record<string, unknown>>;
}

/** The result with all pictures. */
async function ofPixels(
  options: FitOptions,
  { model: fitted, prepared, uvWavelengths, evidenceAt, logEvidenceAt }: Search,
  found: Fit,
  trace: readonly { readonly evaluation: number; readonly logEvidence: number }[],
  seconds: number,
): Promise<Made> {
  const evidence = await evidenceAt(found.values);
  const logEvidence = await logEvidenceAt?.(found.values);
  const magnification = magnificationOf(evidence, prepared.mask.pixelScale);
  const model = fitted.modelAt(found.values);
  const pictured = { prepared, model, evidence, uvWavelengths, command: 'fit', data: options.data[0], fit: trace };
  const pictures = options.out === undefined ? [] : await pictureFiles(pictured, options);
  return {
    result: jsonOf(found, { ...evidence, ...(logEvidence !== undefined && { logEvidence }) }, magnification, seconds),
    files: { ...Object.fromEntries(pictures.map(({ path, bytes }) => [path, bytes])), 'lens.json': model.lens },
  };
}

async function ofLight(
  { model: { lightModelAt } }: Search,
  evidenceAt: (values: Float64Array) => Promise<LightEvidence>,
  found: Fit,
  seconds: number,
): Promise<Made> {
  const evidence = await evidenceAt(found.values);
  const result = jsonOf(found, { ...evidence, warnings: [] }, undefined, seconds);
  return {
    result: { ...result, linear: linearOf(evidence.linear) },
    files: {
      'lens.json': lightModelAt?.(found.values).lens,
      ...(evidence.sources.length === 0 ? {} : { [arraysName]: writeNpz(lightFields(evidence)) }),
    },
  };
}

import { type Fit, magnificationOf, optimise, type SearchProgress } from '@wtilde/fit';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { pictureFiles } from '../../lensing/pictures.js';
import { withSearch } from '../../lensing/search.js';
import type { FitOptions } from './options.js';
import { jsonOf, report } from './report.js';

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
    const evidence = await search.evidenceAt(found.values);
    const magnification = magnificationOf(evidence, search.prepared.mask.pixelScale);
    const result = jsonOf(found, evidence, magnification, seconds);
    const model = search.model.modelAt(found.values);
    const { prepared, uvWavelengths } = search;
    const pictured = { prepared, model, evidence, uvWavelengths, command: 'fit', data: options.data, fit: trace };
    const pictures = out === undefined ? [] : await pictureFiles(pictured, options);
    const files = Object.fromEntries(pictures.map(({ path, bytes }) => [path, bytes]));
    await search.write({ ...files, 'result.json': result, 'lens.json': model.lens });
    for (const { text } of result.notes) note(io, `warning: ${text}`);
    if (json) printJson(io, result);
    else print(io, report(result, out));
    return exitCodes.fine;
  });
}

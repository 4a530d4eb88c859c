import { type Fit, magnificationOf, optimise } from '@wtilde/fit';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { withSearch } from '../../lensing/search.js';
import type { FitOptions } from './options.js';
import { jsonOf, report } from './report.js';

/** `wtilde fit`: the lens model of the largest posterior. */
export async function fit(options: FitOptions, io: Io): Promise<ExitCode> {
  const { seed, starts, out, json } = options;
  return await withSearch('fit', options, { starts }, io, async (search) => {
    const started = performance.now();
    const found: Fit = await optimise(search.objective, { seed, starts, onProgress: search.onProgress });
    const seconds = (performance.now() - started) / 1000;
    const evidence = await search.evidenceAt(found.values);
    const magnification = magnificationOf(evidence, search.prepared.mask.pixelScale);
    const result = jsonOf(found, evidence, magnification, seconds);
    await search.write({ 'result.json': result, 'lens.json': search.model.modelAt(found.values).lens });
    for (const { text } of result.notes) note(io, `warning: ${text}`);
    if (json) printJson(io, result);
    else print(io, report(result, out));
    return exitCodes.fine;
  });
}

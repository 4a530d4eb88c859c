import { real } from '@wtilde/core-types';
import { writeNpz } from '@wtilde/data';
import { optimise, type Posterior, sampleImportance, sampleNested, sampleNuts } from '@wtilde/fit';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { pictureFiles } from '../../lensing/pictures.js';
import { type Search, withSearch } from '../../lensing/search.js';
import type { SampleOptions } from './options.js';
import { jsonOf, report } from './report.js';

/** `wtilde sample`: the posterior of a lens model. */
export async function sample(options: SampleOptions, io: Io): Promise<ExitCode> {
  const { sampler, live, effectiveSamples, out, json } = options;
  const name = `sample ${sampler}`;
  const how: Readonly<Record<string, number>> = {
    ...(sampler === 'nested' ? { live } : {}),
    ...(sampler === 'nuts' ? {} : { effectiveSamples }),
  };
  return await withSearch(name, options, how, io, async (search) => {
    const started = performance.now();
    const posterior = await sampled(options, search);
    const result = jsonOf(posterior, (performance.now() - started) / 1000);
    const files =
      out === undefined || search.lightEvidenceAt !== undefined ? {} : await picturesOf(posterior, search, options);
    await search.write({ ...files, 'result.json': result, 'samples.npz': archiveOf(posterior) });
    if (!posterior.converged) note(io, `warning: not converged: ${posterior.statement}`);
    if (json) printJson(io, result);
    else print(io, report(result, out));
    return exitCodes.fine;
  });
}

async function sampled({ sampler, seed, live, effectiveSamples }: SampleOptions, search: Search): Promise<Posterior> {
  const { objective, onProgress } = search;
  if (sampler === 'nested') return await sampleNested(objective, { seed, live, effectiveSamples, onProgress });
  const fit = await optimise(objective, { seed, onProgress });
  if (sampler === 'nuts') return await sampleNuts(objective, fit, { seed, onProgress });
  return await sampleImportance(objective, fit, { seed, effectiveSamples, onProgress });
}

/** The page of the sample of the largest likelihood, with the posterior on it. */
async function picturesOf(
  posterior: Posterior,
  { model: found, prepared, uvWavelengths, evidenceAt }: Search,
  options: SampleOptions,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const { values, weights, logLikelihoods, paths } = posterior;
  const best = values[logLikelihoods.indexOf(Math.max(...logLikelihoods))];
  const [model, evidence] = [found.modelAt(best), await evidenceAt(best)];
  const samples = real(rowsOf(values, paths.length), [values.length, paths.length]);
  const shown = { names: paths, samples, weights: real(weights) };
  const pictured = { prepared, model, evidence, uvWavelengths, command: 'sample', data: options.data[0] };
  const files = await pictureFiles({ ...pictured, posterior: shown }, options);
  return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
}

function rowsOf(values: readonly Float64Array[], width: number): Float64Array {
  const rows = new Float64Array(values.length * width);
  values.forEach((value, i) => {
    rows.set(value, i * width);
  });
  return rows;
}

function archiveOf({ values, weights, logLikelihoods, paths }: Posterior): Uint8Array {
  return writeNpz({
    values: real(rowsOf(values, paths.length), [values.length, paths.length]),
    weights: real(weights, [values.length]),
    log_likelihoods: real(logLikelihoods, [values.length]),
  });
}

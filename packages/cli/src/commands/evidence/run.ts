import { real } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { type Evidence, operatorFrom } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { modelFrom } from '../../lensing/model.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import { evidencesOfLines } from './lines.js';
import type { EvidenceOptions } from './options.js';
import { jsonOf, report } from './report.js';

/** `wtilde evidence`: the log evidence of a lens model, from visibilities, and the source that goes with it. */
export async function evidence(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  const { data, lens, mask, out, strict } = options;
  if (lens === '-') return await evidencesOfLines(options, io);
  const outputs = await outputsOf([out], [data, lens, mask], options, io);
  const model = await modelFrom(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained = await datasetFrom(options, dispatcher, progress);
    const operator = operatorFrom(obtained.prepared, backends);
    progress.step('evidence');
    let found = await operator.evidence(model);
    const times = [sumOf(found)];
    for (let call = 1; call < (options.repeat ?? 1); call++) {
      found = await operator.evidence(model);
      times.push(sumOf(found));
    }
    progress.stop();
    printWarnings(io, found.warnings, strict);
    if (out !== undefined) await outputs.write((how) => writeNpzFile(out, resultFields(found), how));
    for (const each of obtained.notes) note(io, each);
    const ms = Math.min(...times);
    const gradient = options.gradient ? await found.gradient() : undefined;
    if (options.json) printJson(outputs.io, jsonOf(found, ms, obtained, gradient));
    else print(outputs.io, report(found, ms, obtained, out, gradient));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

function sumOf({ ms }: Evidence): number {
  return Object.values(ms).reduce((sum, part) => sum + part, 0);
}

function resultFields(found: Evidence): Fields {
  const { mapper, reconstruction } = found;
  return {
    reconstruction,
    reconstruction_noise_map: found.reconstructionNoiseMap(),
    mapped_reconstructed_image: found.mappedReconstructedImage(),
    mesh_vertices: mapper.vertices,
    neighbors: mapper.neighbors,
    neighbors_sizes: mapper.neighborsSizes,
    log_evidence: real([found.logEvidence], []),
  };
}

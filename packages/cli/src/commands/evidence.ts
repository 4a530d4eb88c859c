import { evidenceFloor, real, tolerances } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher, type DispatchEvent } from '@wtilde/dispatch';
import { type Evidence, operatorFrom } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, note, print, printJson } from '../io.js';
import { lensingBackends } from '../lensing/backends.js';
import { type DatasetOptions, datasetFrom, type Obtained } from '../lensing/dataset.js';
import { type ModelOptions, modelFrom } from '../lensing/model.js';
import { type ForceOption, outputsOf } from '../outputs.js';
import { createProgress } from '../progress.js';
import { difference, duration } from '../text/numbers.js';
import { rightFrom, table } from '../text/table.js';
import { printWarnings } from '../text/warnings.js';

export interface EvidenceOptions extends DatasetOptions, ModelOptions, ForceOption {
  readonly backend?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly repeat?: number;
  readonly strict?: boolean;
}

/** `wtilde evidence`: the log evidence of a lens model, from visibilities, and the source that goes with it. */
export async function evidence(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  const { data, lens, mask, out, strict } = options;
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
    if (options.json) printJson(outputs.io, jsonOf(found, ms, obtained));
    else print(outputs.io, report(found, ms, obtained, out));
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

function jsonOf(found: Evidence, ms: number, { from, ms: obtainMs }: Obtained): object {
  const { logEvidence, terms, errorBound, mapper } = found;
  return {
    logEvidence,
    errorBound,
    terms,
    ms,
    ...(from === 'file' ? { readMs: obtainMs } : { prepareMs: obtainMs }),
    parts: found.ms,
    sourcePixels: mapper.pixels,
    ran: found.ran.map(placeOf),
  };
}

function placeOf(event: DispatchEvent): object {
  return 'backend' in event
    ? {
        kernel: event.kernel,
        backend: event.backend,
        precision: event.precision,
        simd: event.simd,
        method: event.method,
      }
    : { kernel: event.kernel };
}

const labels: readonly (readonly [term: keyof Evidence['terms'], label: string])[] = [
  ['chiSquared', '  chi-squared of the reconstruction'],
  ['regularizationTerm', '  regularization term s^t H s'],
  ['logDetCurvatureRegMatrix', '  log det(F + H)'],
  ['logDetRegularizationMatrix', '  log det H'],
  ['noiseNormalization', '  noise normalization'],
  ['chiSquared0', '  chi-squared of an empty source'],
];

/** What two backends may differ by without a word. */
function toleranceOf({ terms }: Evidence): number {
  const sum = Object.values(terms).reduce((total, term) => total + Math.abs(term), 0);
  return Math.max(evidenceFloor, tolerances.evidence.float64 * sum);
}

function report(found: Evidence, ms: number, { prepared, from, ms: obtainMs }: Obtained, out?: string): string {
  const { logEvidence, errorBound, mapper, terms } = found;
  const rows = [
    ['log evidence', logEvidence.toFixed(6)],
    ...(errorBound <= toleranceOf(found) ? [] : [['  may be off by', difference(errorBound)]]),
    ...labels.map(([term, label]) => [label, terms[term].toFixed(6)]),
    [from === 'file' ? 'reading the prepared dataset' : 'visibilities to W and dirty image', duration(obtainMs)],
    ['this evaluation', duration(ms)],
  ];
  const image = mapper.pixIndexesForSubSlimIndex.shape[0];
  return [
    `${prepared.operator.visibilities} visibilities, ${image} image pixels, ${mapper.pixels} source pixels`,
    '',
    table(rows, rightFrom(1, 2)),
    ...(out === undefined ? [] : ['', `The reconstructed source is in ${out}.`]),
  ].join('\n');
}

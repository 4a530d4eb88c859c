import { real } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher, type DispatchEvent } from '@wtilde/dispatch';
import { type Evidence, operatorFrom } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, print, printJson } from '../io.js';
import { checkTarget } from '../kernel/outputs.js';
import { lensingBackends } from '../lensing/backends.js';
import { type DatasetOptions, datasetFrom } from '../lensing/dataset.js';
import { type ModelOptions, modelFrom } from '../lensing/model.js';
import { createProgress } from '../progress.js';
import { difference, duration } from '../text/numbers.js';
import { rightFrom, table } from '../text/table.js';

export interface EvidenceOptions extends DatasetOptions, ModelOptions {
  readonly backend?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly repeat?: number;
}

/** `wtilde evidence`: the log evidence of a lens model, from visibilities, and the source that goes with it. */
export async function evidence(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  if (options.out !== undefined) await checkTarget(options.out, options.data);
  const model = await modelFrom(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const started = performance.now();
    const prepared = await datasetFrom(options, dispatcher, progress);
    const prepareMs = performance.now() - started;
    const operator = operatorFrom(prepared, backends);
    progress.step('evidence');
    let found = await operator.evidence(model);
    const times = [sumOf(found)];
    for (let call = 1; call < (options.repeat ?? 1); call++) {
      found = await operator.evidence(model);
      times.push(sumOf(found));
    }
    progress.stop();
    if (options.out !== undefined) await writeNpzFile(options.out, resultFields(found));
    const ms = Math.min(...times);
    if (options.json) printJson(io, jsonOf(found, ms, prepareMs));
    else print(io, report(found, prepared.operator.visibilities, ms, prepareMs, options.out));
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

function jsonOf(found: Evidence, ms: number, prepareMs: number): object {
  const { logEvidence, terms, errorEstimate, mapper } = found;
  return {
    logEvidence,
    terms,
    ...(errorEstimate === undefined ? {} : { errorEstimate: errorEstimate.error }),
    ms,
    prepareMs,
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

function report(found: Evidence, visibilities: number, ms: number, prepareMs: number, out?: string): string {
  const { logEvidence, errorEstimate, mapper, terms } = found;
  const rows = [
    ['log evidence', logEvidence.toFixed(6)],
    ...(errorEstimate === undefined ? [] : [['  may be off by', difference(errorEstimate.error)]]),
    ...labels.map(([term, label]) => [label, terms[term].toFixed(6)]),
    ['visibilities to W and dirty image', duration(prepareMs)],
    ['this evaluation', duration(ms)],
  ];
  const image = mapper.pixIndexesForSubSlimIndex.shape[0];
  return [
    `${visibilities} visibilities, ${image} image pixels, ${mapper.pixels} source pixels`,
    '',
    table(rows, rightFrom(1, 2)),
    ...(out === undefined ? [] : ['', `The reconstructed source is in ${out}.`]),
  ].join('\n');
}

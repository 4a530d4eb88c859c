import { WtildeError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { type Inversion, inversionFrom, type JointEvidence, jointInversion } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom, type Obtained } from '../../lensing/dataset.js';
import { filesOf, modelFrom } from '../../lensing/model.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { difference, duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';
import { termLabels } from '../../text/terms.js';
import { printWarnings } from '../../text/warnings.js';
import type { EvidenceOptions } from './options.js';

/** `wtilde evidence` of several datasets: one lens, a source for each. */
export async function evidenceOfSeveral(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  const { data, mask, out, strict } = options;
  if (out !== undefined && !out.endsWith('.npz')) throw noArchive(out);
  const outputs = await outputsOf(
    [out],
    [...data, mask, options.primaryBeam, options.antennaReference, ...(await filesOf(options))],
    options,
    io,
  );
  const model = { ...(await modelFrom(options)), solve: options.positive ? 'positive' : 'unrestricted' } as const;
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained: Obtained[] = [];
    for (const each of data) obtained.push(await datasetFrom({ ...options, data: each }, dispatcher, progress));
    const inversions: readonly Inversion[] = obtained.map(({ prepared }) => inversionFrom(prepared, backends));
    progress.step('evidences');
    const joint = jointInversion(inversions);
    let found = await joint.evidence(model);
    const times = [millisecondsOf(found)];
    for (let call = 1; call < (options.repeat ?? 1); call++) {
      found = await joint.evidence(model);
      times.push(millisecondsOf(found));
    }
    progress.stop();
    printWarnings(io, found.warnings, strict);
    if (out !== undefined) await outputs.write((how) => writeNpzFile(out, fieldsOf(found), how));
    for (const { notes } of obtained) for (const each of notes) note(io, each);
    const ms = Math.min(...times);
    const gradient = options.gradient ? await found.gradient() : undefined;
    if (options.json) printJson(outputs.io, jsonOf(found, data, ms, gradient));
    else print(outputs.io, reportOf(found, data, ms, out, gradient));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

function noArchive(out: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the sources of several datasets go into one archive',
    where: '--out',
    expected: 'a name that ends in .npz',
    actual: out,
    remedy: 'name such a file, or take one dataset at a time',
  });
}

function millisecondsOf({ evidences }: JointEvidence): number {
  return evidences.reduce((sum, { ms }) => sum + Object.values(ms).reduce((total, part) => total + part, 0), 0);
}

/** Everything of a dataset under its number, from 0. */
function fieldsOf({ evidences }: JointEvidence): Fields {
  const named = evidences.flatMap((found, at) => {
    const { mapper, reconstruction } = found;
    const fields: Fields = {
      reconstruction,
      reconstruction_noise_map: found.reconstructionNoiseMap(),
      mapped_reconstructed_image: found.mappedReconstructedImage(),
      mesh_vertices: mapper.vertices,
      neighbors: mapper.neighbors,
      neighbors_sizes: mapper.neighborsSizes,
    };
    return Object.entries(fields).map(([name, array]) => [`${at}.${name}`, array] as const);
  });
  return Object.fromEntries(named);
}

function jsonOf(
  { logEvidence, errorBound, terms, evidences }: JointEvidence,
  data: readonly string[],
  ms: number,
  gradient: Readonly<Record<string, number>> | undefined,
): object {
  return {
    logEvidence,
    errorBound,
    ...(gradient === undefined ? {} : { gradient }),
    terms,
    ms,
    datasets: evidences.map((found, at) => ({
      data: data[at],
      logEvidence: found.logEvidence,
      terms: found.terms,
      sourcePixels: found.mapper.pixels,
    })),
  };
}

function reportOf(
  { logEvidence, errorBound, terms, evidences }: JointEvidence,
  data: readonly string[],
  ms: number,
  out: string | undefined,
  gradient: Readonly<Record<string, number>> = {},
): string {
  const rows = [
    ['log evidence', logEvidence.toFixed(6)],
    ...(errorBound <= 1e-3 ? [] : [['  may be off by', difference(errorBound)]]),
    ...evidences.map((found, at) => [`  of ${data[at]}`, found.logEvidence.toFixed(6)]),
    ...termLabels.map(([term, label]) => [label, terms[term].toFixed(6)]),
    ...Object.entries(gradient).map(([path, value]) => [`by ${path}`, value.toPrecision(10)]),
    ['this evaluation', duration(ms)],
  ];
  return [
    `${evidences.length} datasets, one lens, a source for each`,
    '',
    table(rows, rightFrom(1, 2)),
    ...(out === undefined ? [] : ['', `The reconstructed sources are in ${out}.`]),
  ].join('\n');
}

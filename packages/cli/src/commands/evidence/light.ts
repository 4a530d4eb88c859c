import { WtildeError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { inversionFrom, type LightEvidence, type LightModel } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom, type Obtained } from '../../lensing/dataset.js';
import { filesOf } from '../../lensing/model.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { duration } from '../../text/numbers.js';
import { rightFrom, table } from '../../text/table.js';
import { termLabels } from '../../text/terms.js';
import { printWarnings } from '../../text/warnings.js';
import type { EvidenceOptions } from './options.js';

/** `wtilde evidence` of light profiles, alone or beside source pixels: intensities of those that are linear. */
export async function evidenceOfLight(options: EvidenceOptions, model: LightModel, io: Io): Promise<ExitCode> {
  refuseUnused(options);
  const { mask, out, ridge, strict, positive } = options;
  const [data] = options.data;
  const inputs = [data, mask, options.primaryBeam, ...(await filesOf(options))];
  const outputs = await outputsOf([out], inputs, options, io);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained = await datasetFrom({ ...options, data }, dispatcher, progress);
    const inversion = inversionFrom(obtained.prepared, backends);
    progress.step('light');
    const started = performance.now();
    const solve = positive ? 'positive' : 'unrestricted';
    const found = await inversion.lightEvidence({ ...model, ridge, solve });
    const ms = performance.now() - started;
    progress.stop();
    printWarnings(io, obtained.prepared.warnings, strict);
    for (const each of obtained.notes) note(io, each);
    if (out !== undefined) await outputs.write((how) => writeNpzFile(out, lightFields(found), how));
    if (options.json) printJson(outputs.io, jsonOf(found, ms, obtained));
    else print(outputs.io, report(found, ms, obtained));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

function refuseUnused({ data, gradient, repeat, out }: EvidenceOptions): void {
  const given = [
    data.length === 1 ? [] : ['--data twice'],
    gradient === undefined ? [] : ['--gradient'],
    repeat === undefined ? [] : ['--repeat'],
    out === undefined || out.endsWith('.npz') ? [] : ['--out without .npz'],
  ].flat();
  if (given.length === 0) return;
  throw new WtildeError('InvalidOption', {
    what: 'light profiles are not ready for that',
    where: given.join(', '),
    expected: 'one dataset, no --gradient or --repeat, an --out that ends in .npz',
    actual: given.join(', '),
    remedy: 'leave it out, or fit pixels alone: lens.json without lensLight and linear light, and a mesh',
  });
}

/** The image of all light, and every source made of pixels: the last under the names of an evidence, others numbered. */
export function lightFields({ image, sources }: LightEvidence): Fields {
  const named = sources.flatMap((source, at) => {
    const { mapper, imageMesh, reconstruction, reconstructionNoiseMap } = source;
    const fields: Fields = {
      reconstruction,
      reconstruction_noise_map: reconstructionNoiseMap,
      mapped_reconstructed_image: source.mappedReconstructedImage(),
      mesh_vertices: mapper.vertices,
      ...(imageMesh === undefined ? {} : { image_plane_mesh_grid: imageMesh }),
      neighbors: mapper.neighbors,
      neighbors_sizes: mapper.neighborsSizes,
    };
    const prefix = at === sources.length - 1 ? '' : `${at}.`;
    return Object.entries(fields).map(([name, array]) => [`${prefix}${name}`, array] as const);
  });
  return { image, ...Object.fromEntries(named) };
}

/** Linear profiles as JSON. */
export function linearOf(linear: LightEvidence['linear']): readonly object[] {
  return linear.map(({ path, type, intensities, errors }) => ({
    path,
    type,
    intensities: [...intensities.data],
    errors: [...errors.data],
  }));
}

function jsonOf(
  { logEvidence, terms, linear, sources, positive }: LightEvidence,
  ms: number,
  { from, ms: obtainMs }: Obtained,
): object {
  return {
    logEvidence,
    terms,
    linear: linearOf(linear),
    sourcePixels: sources.map(({ mapper }) => mapper.pixels),
    ...(positive === undefined ? {} : { positive }),
    ms,
    ...(from === 'file' ? { readMs: obtainMs } : { prepareMs: obtainMs }),
  };
}

/** Terms that are 0 without source pixels. */
const ofPixels: readonly string[] = ['regularizationTerm', 'logDetCurvatureRegMatrix', 'logDetRegularizationMatrix'];

function report(
  { logEvidence, terms, linear, sources, positive }: LightEvidence,
  ms: number,
  { prepared, from, ms: obtainMs }: Obtained,
): string {
  const rows = [
    [sources.length === 0 ? 'log likelihood' : 'log evidence', logEvidence.toFixed(6)],
    ...termLabels
      .filter(([term]) => sources.length > 0 || !ofPixels.includes(term))
      .map(([term, label]) => [label, terms[term].toFixed(6)]),
    ...sources.map(({ mapper, redshift }) => [
      redshift === 0 ? 'source pixels' : `source pixels at redshift ${redshift}`,
      `${mapper.pixels}`,
    ]),
    ...(positive === undefined ? [] : [['intensities above 0', `${positive.pixels}`]]),
    ...linear.flatMap(({ path, type, intensities, errors }) =>
      [...intensities.data].map((intensity, at) => [
        at === 0 ? `${path} ${type}` : '',
        `${intensity.toPrecision(8)} +- ${errors.data[at].toPrecision(2)}`,
      ]),
    ),
    [from === 'file' ? 'reading the prepared dataset' : 'visibilities to W and dirty image', duration(obtainMs)],
    ['this evaluation', duration(ms)],
  ];
  return [`${prepared.sums.visibilityCount} visibilities`, '', table(rows, rightFrom(1, 2))].join('\n');
}

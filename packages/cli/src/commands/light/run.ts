import { WtildeError } from '@wtilde/core-types';
import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import {
  type Factors,
  type LightEvidence,
  type LinearLight,
  lightInversionFrom,
  parseLinearLight,
  parseMesh,
  parseRegularization,
} from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { jsonIn } from '../../inputs/json.js';
import { type Io, note, print, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { readLens } from '../../lensing/model.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { rightFrom, table } from '../../text/table.js';
import { printWarnings } from '../../text/warnings.js';
import type { LightOptions } from './options.js';

/** `wtilde light`: how well light profiles explain visibilities, and the intensities of linear ones. */
export async function light(options: LightOptions, io: Io): Promise<ExitCode> {
  const { data, mask, out, ridge } = options;
  const outputs = await outputsOf([out], [data, options.lens, options.linear, mask], options, io);
  const lens = await readLens(options.lens);
  const linear = options.linear === undefined ? undefined : parseLinearLight(await jsonIn(options.linear, example));
  const pixels = pixelsOf(options);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const { prepared, notes } = await datasetFrom(options, dispatcher, progress);
    progress.step('light');
    const found = await lightInversionFrom(prepared, backends).evidence({ lens, linear, pixels, ridge });
    progress.stop();
    printWarnings(io, prepared.warnings, options.strict);
    for (const each of notes) note(io, each);
    if (out !== undefined) await outputs.write((how) => writeNpzFile(out, { image: found.image }, how));
    if (options.json) printJson(outputs.io, jsonOf(found, linear));
    else print(outputs.io, report(found, linear));
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

const example = '{ "source": [{ "type": "Gaussian", "intensity": 1, "sigma": 0.3 }] }';

function pixelsOf({ mesh, regularization }: LightOptions) {
  if (mesh === undefined && regularization === undefined) return undefined;
  if (mesh !== undefined) {
    return { mesh: parseMesh(mesh), regularization: parseRegularization(regularization ?? 'constant:1') };
  }
  throw new WtildeError('InvalidOption', {
    what: 'there are no source pixels to regularize',
    where: '--regularization',
    expected: '--mesh beside it',
    actual: `${regularization} alone`,
    remedy: 'add --mesh overlay:30x30, or leave it out',
  });
}

/** The factors of linear profiles with their types. */
function listed(profiles: LinearLight['source'], { factors, errors }: Factors) {
  return (profiles ?? []).map(({ type }, at) => ({ type, factor: factors.data[at], error: errors.data[at] }));
}

function jsonOf({ logEvidence, terms, linear, mapper }: LightEvidence, asked: LinearLight = {}): object {
  return {
    logEvidence,
    terms,
    sourcePixels: mapper?.pixels ?? 0,
    linear: { source: listed(asked.source, linear.source), lens: listed(asked.lens, linear.lens) },
  };
}

function report({ logEvidence, terms, linear, mapper }: LightEvidence, asked: LinearLight = {}): string {
  const factors = [
    ...listed(asked.source, linear.source).map((each) => ({ ...each, of: 'source' })),
    ...listed(asked.lens, linear.lens).map((each) => ({ ...each, of: 'lens' })),
  ];
  const rows = [
    [mapper === undefined ? 'log likelihood' : 'log evidence', logEvidence.toFixed(6)],
    ['chi-squared', terms.chiSquared.toFixed(6)],
    ...(mapper === undefined ? [] : [['source pixels', `${mapper.pixels}`]]),
    ...factors.map(({ of, type, factor, error }) => [
      `${of}: ${type}`,
      `${factor.toPrecision(8)} +- ${error.toPrecision(2)}`,
    ]),
  ];
  return table(rows, rightFrom(1, 2));
}

/** What `wtilde fit` and `wtilde sample` have in common: a model with priors, workers that evaluate it, a folder. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type NdArray, WtildeError } from '@wtilde/core-types';
import { type Fields, writeNpz } from '@wtilde/data';
import { checkOutputs, writeFiles } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import {
  evidenceObjective,
  folderJournal,
  keepJournal,
  type LensModelWithPriors,
  type Objective,
  parseModelWithPriors,
  type SearchProgress,
} from '@wtilde/fit/node';
import {
  type Evidence,
  inversionFrom,
  jointInversion,
  type LightEvidence,
  type PreparedDataset,
  preparedFields,
} from '@wtilde/lens';
import { loadExecutor } from '../executing/executor.js';
import type { Hired } from '../executing/hire.js';
import { jsonIn } from '../inputs/json.js';
import { type Io, note } from '../io.js';
import type { SearchOptions } from '../options/shared.js';
import { createPool, type Pool } from '../pool/pool.js';
import { poolObjective } from '../pool/poolObjective.js';
import { createProgress, type Progress } from '../progress.js';
import { datasetOfPoints, type PointsSettings } from '../tasks/points.js';
import { printWarnings } from '../text/warnings.js';
import { adaptImageFile, adaptImageIn, requirePixelsOf } from './adaptImage.js';
import { lensingBackends } from './backends.js';
import { datasetFrom, type Obtained } from './dataset.js';
import { arraysName } from './pictures.js';

/** A search that is ready to begin. */
export interface Search {
  readonly model: LensModelWithPriors;
  readonly prepared: PreparedDataset;
  /** Some of the baselines, where the data tell them. */
  readonly uvWavelengths?: NdArray<'real'> | undefined;
  readonly objective: Objective;
  /** Evaluations that a run before has made. */
  readonly resumed: number;
  onProgress(progress: SearchProgress): void;
  /** The log evidence of all datasets, where there are several. */
  logEvidenceAt?(values: Float64Array): Promise<number>;
  /** The evidence of the best model, whole; of several datasets that of the first. */
  evidenceAt(values: Float64Array): Promise<Evidence>;
  /** The same where light profiles are fitted. */
  readonly lightEvidenceAt?: ((values: Float64Array) => Promise<LightEvidence>) | undefined;
  /** Writes into the folder, where there is one: bytes as they are, everything else as JSON. */
  write(files: Readonly<Record<string, unknown>>): Promise<void>;
}

const backendOfMany = ['wasm', 'loops', 'reference'];

/** Prepares a search, does it, and gives everything back that it holds, whatever happens. */
export async function withSearch<R>(
  name: string,
  options: SearchOptions,
  how: Readonly<Record<string, number>>,
  io: Io,
  work: (search: Search) => Promise<R>,
): Promise<R> {
  const { out, resume, force, mesh, regularization, fixRegularization, positive, strict, seed } = options;
  await requireFolder(options);
  const json = await jsonIn(
    options.model,
    '{ "mass": [{ "type": "Isothermal", "einsteinRadius": { "uniform": [1, 2] } }] }',
  );
  const modelOptions = { mesh, regularization, fixRegularization, positive };
  const adaptImage = options.adaptImage === undefined ? undefined : await adaptImageIn(options.adaptImage);
  const model = parseModelWithPriors(json, { ...modelOptions, adaptImage });
  const { lightModelAt } = model;
  printWarnings(io, model.warnings, strict);
  const progress = await createProgress(io);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  let pool: Pool | undefined;
  let hired: Hired | undefined;
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained: Obtained[] = [];
    for (const data of options.data) obtained.push(await datasetFrom({ ...options, data }, dispatcher, progress));
    progress.stop();
    for (const { notes } of obtained) for (const each of notes) note(io, each);
    for (const { prepared } of obtained) printWarnings(io, prepared.warnings, strict);
    for (const [at, { prepared }] of obtained.entries()) {
      if (adaptImage !== undefined) requirePixelsOf(prepared, adaptImage, options.data[at]);
    }
    const [{ prepared, uvWavelengths }] = obtained;
    const inversions = obtained.map((each) => inversionFrom(each.prepared, backends));
    const [inversion] = inversions;
    const joint = inversions.length === 1 ? undefined : jointInversion(inversions);
    const [fields, ...others] = obtained.map((each) => preparedFields(each.prepared));
    const many = options.backend === undefined || backendOfMany.includes(options.backend);
    const workers = many ? (options.workers ?? availableParallelism()) : 1;
    const setup = {
      prepared: fields,
      others,
      adaptImage,
      backend: options.backend,
      model: { json, options: modelOptions },
    };
    const known = evidenceObjective(joint ?? inversion, model);
    let plain: Objective;
    if (options.executor === undefined) {
      pool = await createPool(setup, workers);
      plain = poolObjective(known, pool);
    } else {
      if (joint !== undefined) throw severalShared();
      await loadExecutor();
      const { hire } = await import('../executing/hire.js');
      const { executorObjective } = await import('../executing/executorObjective.js');
      const [backend] = backends.backends;
      const settings: Omit<PointsSettings, 'backend'> = { model: setup.model };
      hired = await hire(
        options.executor,
        { what: 'a search', task: 'points', dataset: datasetOfPoints(fields, adaptImage), settings, backend },
        io,
      );
      plain = executorObjective(known, hired);
    }
    const run = {
      search: name,
      model: hashOf(JSON.stringify([json, modelOptions])),
      data: [fields, ...others].map(hashOfFields).join(' '),
      ...(adaptImage && { adaptImage: hashOfFields({ adaptImage }) }),
      seed,
      ...how,
    };
    const storage = out === undefined ? undefined : folderJournal(out);
    const before = await storage?.state();
    if (before !== undefined && resume !== true && force !== true) throw begun(out ?? '');
    const objective =
      storage === undefined
        ? plain
        : await keepJournal(plain, resume === true ? storage : { ...storage, state: async () => undefined }, run);
    return await work({
      model,
      prepared,
      uvWavelengths,
      objective,
      resumed: resume === true ? (before?.evaluations ?? 0) : 0,
      onProgress: reporter(name, progress, resume === true ? (before?.evaluations ?? 0) : 0),
      ...(joint && {
        logEvidenceAt: async (values) =>
          (await joint.evidence({ ...model.modelAt(values), solve: model.solve })).logEvidence,
      }),
      evidenceAt: (values) => inversion.evidence({ ...model.modelAt(values), solve: model.solve }),
      lightEvidenceAt:
        lightModelAt && ((values) => inversion.lightEvidence({ ...lightModelAt(values), solve: model.solve })),
      async write(files) {
        progress.stop();
        if (out === undefined) return;
        const contents = Object.entries(files).map(([file, value]) => ({
          path: join(out, file),
          bytes:
            value instanceof Uint8Array ? value : new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`),
        }));
        await writeFiles(contents, { makeFolder: true });
      },
    });
  } finally {
    progress.stop();
    await pool?.close();
    await hired?.close();
    dispose();
  }
}

/** The folder can be written, and a run that is to be resumed has one; nothing that is read lies where is written. */
async function requireFolder(options: SearchOptions): Promise<void> {
  const { out, resume, data, model, mask, antennaReference } = options;
  if (out === undefined) {
    if (resume !== true) return;
    throw new WtildeError('MissingArgument', {
      what: 'there is no run to go on with',
      where: '--resume',
      expected: 'the folder of its checkpoint',
      remedy: 'add --out with that folder',
    });
  }
  const adaptImage = options.adaptImage && (await adaptImageFile(options.adaptImage));
  const inputs = [...data, model, mask, antennaReference, adaptImage].filter((path) => path !== undefined);
  const outputs = ['result.json', 'lens.json', 'checkpoint.json', arraysName].map((file) => join(out, file));
  await checkOutputs(outputs, { overwrite: true, makeFolder: true, inputs });
}

function severalShared(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'a search over several datasets runs on this machine',
    where: '--executor',
    expected: 'no executor beside several --data',
    actual: 'one',
    remedy: 'leave it out: --workers says how many cores are used',
  });
}

function begun(out: string): WtildeError {
  return new WtildeError('FileUnwritable', {
    what: 'there is a run in the folder already',
    where: out,
    remedy: 'go on with it by --resume, begin anew with --force, or name another folder',
  });
}

function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function hashOfFields(fields: Fields): string {
  return hashOf(writeNpz(fields, { level: 0 }));
}

/** Evaluations, the best so far, and where the end can be told how far it is. */
function reporter(name: string, progress: Progress, resumed: number): (progress: SearchProgress) => void {
  const started = Date.now();
  let best = '';
  let onStep = progress.step(name);
  return ({ evaluations, best: found, fraction }) => {
    const told = found === undefined ? '' : `, best log evidence ${found.logLikelihood.toFixed(2)}`;
    const made = Math.max(0, evaluations - resumed);
    const rate = made / Math.max(1e-3, (Date.now() - started) / 1000);
    const label = `${name}: ${evaluations} evaluations${made > 0 ? ` (${rate.toPrecision(2)}/s)` : ''}${told}`;
    if (fraction === undefined || label !== best) {
      onStep = progress.step(label);
      best = label;
    }
    if (fraction !== undefined) onStep(fraction, 1);
  };
}

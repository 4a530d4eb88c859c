import { createLoopsBackend } from '@wtilde/backend-loops';
import { type Backend, kernels } from '@wtilde/core-types';
import { loadAvailable, loadBackend } from '../../backends/load.js';
import { lacking } from '../../backends/looseKernel.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { readInputs } from '../../inputs/readInputs.js';
import { unequalNoiseWarning } from '../../inputs/unequalNoise.js';
import { type Io, note, print, printJson } from '../../io.js';
import { createProgress } from '../../progress.js';
import { type Evaluation, evaluate } from './evaluate.js';
import type { LikelihoodOptions } from './options.js';
import { report, whatNext } from './report.js';
import { spreadOf } from './spread.js';

/** `wtilde likelihood`: every term of the evidence on every backend, and how far they are from each other. */
export async function likelihood(options: LikelihoodOptions, io: Io): Promise<ExitCode> {
  const { fields, label, argument } = await readInputs(options);
  const { backends, leftOut } = await chosenBackends(options.backend);
  const progress = await createProgress(io);
  const helper = createLoopsBackend();
  const evaluations: Evaluation[] = [];
  try {
    for (const backend of backends) evaluations.push(await evaluate(backend, { fields, label, helper, progress }));
  } finally {
    progress.stop();
    for (const backend of [helper, ...backends]) backend.dispose?.();
  }

  // Notes wait until all went well, so that a failure is one line.
  if (options.inputs === undefined && options.json) note(io, `no --inputs: ${label}`);
  for (const { backend, lacks } of leftOut) note(io, `${backend.id} is left out: it does not have ${lacks.join(', ')}`);
  const warning = unequalNoiseWarning(evaluations[0].kernel, fields);
  if (warning !== undefined) note(io, warning);

  const spread = spreadOf(evaluations);
  if (options.json) {
    printJson(io, { backends: evaluations.map((each) => jsonOf(each, options)), spread: spread.spread });
  } else {
    print(io, `${report(label, evaluations, spread)}\n\n${whatNext(argument, evaluations)}`);
  }
  return spread.agree ? exitCodes.fine : exitCodes.disagreement;
}

interface Chosen {
  readonly backends: readonly Backend[];
  /** Those of float64 that are installed and do not have what an evidence takes. */
  readonly leftOut: readonly { readonly backend: Backend; readonly lacks: readonly string[] }[];
}

/** The backends asked for, or else all that are installed and have the float64 kernels of an evidence. */
async function chosenBackends(ids: readonly string[] | undefined): Promise<Chosen> {
  if (ids !== undefined) return { backends: await Promise.all([...new Set(ids)].map(loadBackend)), leftOut: [] };
  const needed = kernels.logLikelihoodFunctionViaWCompactFrom.route?.steps.map(({ kernel }) => kernel) ?? [];
  const judged = (await loadAvailable('float64')).map((backend) => ({ backend, lacks: lacking(backend, needed) }));
  return {
    backends: judged.flatMap(({ backend, lacks }) => (lacks.length === 0 ? [backend] : [])),
    leftOut: judged.filter(({ lacks }) => lacks.length > 0),
  };
}

function jsonOf(evaluation: Evaluation, { reconstruction }: LikelihoodOptions): object {
  const { id, precision, simd, logEvidence, terms, ms } = evaluation;
  const source = reconstruction ? { reconstruction: [...evaluation.reconstruction.data] } : {};
  return { id, precision, ...(simd === undefined ? {} : { simd }), logEvidence, terms: { ...terms, ...source }, ms };
}

import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { type Backend, WtildeError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { createDispatcher } from '@wtilde/dispatch';
import { parseMesh, parseRegularization, preparedFields } from '@wtilde/lens';
import { loadExecutor } from '../../executing/executor.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { bestFor } from '../../lensing/model.js';
import type { LineEvaluator, LineOptions } from '../../pool/jobs.js';
import { createPool, type Pool } from '../../pool/pool.js';
import { createProgress } from '../../progress.js';
import type { LinesSettings } from '../../tasks/lines.js';
import { printWarnings } from '../../text/warnings.js';
import type { EvidenceOptions } from './options.js';

/** Lines that are read ahead for every worker: enough that none waits for the reader. */
const ahead = 4;

/**
 * `wtilde evidence --lens -`: a line of JSON for every line of JSON, in their order, until stdin ends. The dataset is made
 * ready once; models are evaluated side by side, on all cores.
 */
export async function evidencesOfLines(options: EvidenceOptions, io: Io): Promise<ExitCode> {
  refuseUnused(options);
  const { mesh, gradient = false, positive = false, strict } = options;
  // What is wrong with every line is said before the first.
  const regularization = options.regularization ?? bestFor(parseMesh(mesh));
  parseRegularization(regularization);
  const progress = await createProgress(io);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
  const [data] = options.data;
  const obtained = await datasetFrom({ ...options, data }, dispatcher, progress).finally(() => {
    progress.stop();
    dispose();
  });
  printWarnings(io, obtained.prepared.warnings, strict);
  for (const each of obtained.notes) note(io, each);
  const lines = { mesh, regularization, gradient, positive };
  const evaluator = await evaluatorOf(options, preparedFields(obtained.prepared), lines, backends.backends[0], io);
  try {
    const pending: Promise<void>[] = [];
    let last = Promise.resolve();
    for await (const text of createInterface({ input: io.stdin ?? process.stdin })) {
      if (text.trim() === '') continue;
      const line = evaluator.evaluate(text);
      // Seen when it is its turn; who waits for a line before writing the next has it as soon as it is there.
      line.catch(() => {});
      const before = last;
      last = before.then(async () => printJson(io, await line));
      last.catch(() => {});
      pending.push(last);
      while (pending.length >= evaluator.most) await pending.shift();
    }
    await last;
    return exitCodes.fine;
  } finally {
    await evaluator.close();
  }
}

/** An executor, or the cores of this machine. */
async function evaluatorOf(
  options: EvidenceOptions,
  prepared: Fields,
  lines: LineOptions,
  backend: Backend,
  io: Io,
): Promise<LineEvaluator> {
  if (options.executor === undefined) {
    const workers = backend.precision === 'float64' ? availableParallelism() : 1;
    return poolLines(await createPool({ prepared, backend: options.backend }, workers), lines);
  }
  await loadExecutor();
  const { hire } = await import('../../executing/hire.js');
  const { createExecutedLines } = await import('../../executing/executedLines.js');
  const settings: Omit<LinesSettings, 'backend'> = { options: lines };
  const what = 'an answer to every line';
  return createExecutedLines(
    await hire(options.executor, { what, task: 'lines', dataset: prepared, settings, backend }, io),
  );
}

function poolLines(pool: Pool, lines: LineOptions): LineEvaluator {
  return {
    most: ahead * pool.workers,
    async evaluate(text) {
      const result = await pool.evaluate({ kind: 'line', text, ...lines });
      return result?.kind === 'line' ? result.line : { error: 'the workers that evaluated it died' };
    },
    close: () => pool.close(),
  };
}

function refuseUnused({ data, out, repeat, adaptImage, borderRelocator }: EvidenceOptions): void {
  const given = [
    out === undefined ? [] : ['--out'],
    repeat === undefined ? [] : ['--repeat'],
    adaptImage === undefined ? [] : ['--adapt-image'],
    borderRelocator === undefined ? [] : ['--border-relocator'],
    data.length === 1 ? [] : ['--data twice'],
  ].flat();
  if (given.length === 0) return;
  throw new WtildeError('InvalidOption', {
    what: 'models that come line by line have no use for it',
    where: given.join(', '),
    expected: 'no such option beside --lens -',
    actual: given.join(', '),
    remedy: 'leave it out, or name one model',
  });
}

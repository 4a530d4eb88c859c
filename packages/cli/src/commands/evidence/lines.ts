import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { WtildeError } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import { parseMesh, parseRegularization, preparedFields } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, printJson } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { datasetFrom } from '../../lensing/dataset.js';
import { bestFor } from '../../lensing/model.js';
import type { LineResult } from '../../pool/jobs.js';
import { createPool } from '../../pool/pool.js';
import { createProgress } from '../../progress.js';
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
  const workers = backends.backends[0].precision === 'float64' ? availableParallelism() : 1;
  const pool = await createPool({ prepared: preparedFields(obtained.prepared), backend: options.backend }, workers);
  try {
    const pending: Promise<void>[] = [];
    let last = Promise.resolve();
    const lineOf = async (text: string): Promise<LineResult> => {
      const result = await pool.evaluate({ kind: 'line', text, mesh, regularization, gradient, positive });
      return result?.kind === 'line' ? result.line : { error: 'the workers that evaluated it died' };
    };
    for await (const text of createInterface({ input: io.stdin ?? process.stdin })) {
      if (text.trim() === '') continue;
      const line = lineOf(text);
      // Seen when it is its turn; who waits for a line before writing the next has it as soon as it is there.
      line.catch(() => {});
      const before = last;
      last = before.then(async () => printJson(io, await line));
      last.catch(() => {});
      pending.push(last);
      if (pending.length >= ahead * workers) await pending.shift();
    }
    await last;
    return exitCodes.fine;
  } finally {
    await pool.close();
  }
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

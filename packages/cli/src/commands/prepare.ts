import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { preparedFields } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../exitCodes.js';
import { type Io, print } from '../io.js';
import { checkTarget } from '../kernel/outputs.js';
import { lensingBackends } from '../lensing/backends.js';
import { type DatasetOptions, datasetFrom } from '../lensing/dataset.js';
import { createProgress } from '../progress.js';
import { duration } from '../text/numbers.js';

export interface PrepareCommandOptions extends DatasetOptions {
  readonly backend?: string;
  readonly out: string;
}

/** `wtilde prepare`: what every evidence needs of the visibilities, in a file whose size does not depend on them. */
export async function prepare(options: PrepareCommandOptions, io: Io): Promise<ExitCode> {
  await checkTarget(options.out, undefined);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const started = performance.now();
    const prepared = await datasetFrom(options, dispatcher, progress);
    const ms = performance.now() - started;
    await writeNpzFile(options.out, preparedFields(prepared));
    progress.stop();
    const { visibilities, flagged, gridSize, dirtyImage } = prepared.operator;
    print(
      io,
      `${options.out}: ${visibilities} visibilities (${flagged} flagged) on ${dirtyImage.shape[0]} pixels ` +
        `in a square of ${gridSize}, in ${duration(ms)}`,
    );
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

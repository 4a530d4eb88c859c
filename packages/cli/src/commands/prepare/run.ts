import { writeNpzFile } from '@wtilde/data/node';
import { createDispatcher } from '@wtilde/dispatch';
import { preparedFields } from '@wtilde/lens';
import { withExecutor } from '../../executing/executor.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print } from '../../io.js';
import { lensingBackends } from '../../lensing/backends.js';
import { summedFrom } from '../../lensing/dataset.js';
import { outputsOf } from '../../outputs.js';
import { createProgress } from '../../progress.js';
import { duration } from '../../text/numbers.js';
import { printWarnings } from '../../text/warnings.js';
import type { PrepareOptions } from './options.js';

/** `wtilde prepare`: what every evidence needs of the visibilities, in a file whose size does not depend on them. */
export async function prepare(options: PrepareOptions, io: Io): Promise<ExitCode> {
  const { data, mask, out, strict } = options;
  const outputs = await outputsOf([out], [...data, mask, options.primaryBeam, options.antennaReference], options, io);
  const { dispose, ...backends } = await lensingBackends(options.backend);
  const progress = await createProgress(io);
  try {
    const dispatcher = createDispatcher({ ...backends, arrayConversion: 'always-host' });
    const obtained =
      options.executor === undefined
        ? await summedFrom(data, options, dispatcher, progress)
        : await withExecutor(options.executor, io, async (executor) => {
            const { summedBy } = await import('../../executing/summed.js');
            return await summedBy(executor, data, options, backends.backends[0], progress);
          });
    progress.stop();
    if (obtained === undefined) {
      print(outputs.io, `this part is done; ${out} comes with the last step: the same command without an index`);
      return exitCodes.fine;
    }
    const { prepared, ms, notes } = obtained;
    printWarnings(io, prepared.warnings, strict);
    await outputs.write((how) => writeNpzFile(out, preparedFields(prepared), how));
    for (const each of notes) note(io, each);
    const { visibilityCount, flaggedCount, gridSize, dirtyImage } = prepared.sums;
    print(
      outputs.io,
      `${out}: ${visibilityCount} visibilities (${flaggedCount} flagged) on ${dirtyImage.shape[0]} pixels ` +
        `in a square of ${gridSize}, in ${duration(ms)}`,
    );
    return exitCodes.fine;
  } finally {
    progress.stop();
    dispose();
  }
}

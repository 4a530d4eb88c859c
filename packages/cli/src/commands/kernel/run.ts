import { createLoopsBackend } from '@wtilde/backend-loops';
import { findKernel, type KernelDescriptor, kernels, type LooseArgs } from '@wtilde/core-types';
import { type Fields, resolveArguments } from '@wtilde/data';
import { writeNpzFile } from '@wtilde/data/node';
import { syncKernelOf } from '../../backends/looseKernel.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { readInputs } from '../../inputs/readInputs.js';
import { unequalNoiseWarning } from '../../inputs/unequalNoise.js';
import { type Io, note, print, printJson } from '../../io.js';
import { outputsOf } from '../../outputs.js';
import { createProgress, type Progress } from '../../progress.js';
import { duration } from '../../text/numbers.js';
import { commandDispatcher } from './dispatcher.js';
import { execute } from './execute.js';
import type { KernelOptions } from './options.js';
import { outputFields } from './outputs.js';
import { summary } from './summary.js';
import { timeCalls } from './timing.js';

/** `wtilde kernel NAME`: the result of one kernel on one backend, or its time. */
export async function kernel(options: KernelOptions, io: Io, [name]: readonly string[]): Promise<ExitCode> {
  const descriptor = findKernel(name);
  const { upstream } = descriptor;
  const { dispatcher, notes } = await commandDispatcher(options.backend, io);
  const files = await outputsOf([options.out], [options.inputs], options, io);
  const { fields, label } = await readInputs(options);

  const progress = await createProgress(io);
  try {
    const args = argumentsOf(descriptor, fields, progress);
    const { method, tolerance, repeat, out } = options;
    const onProgress = progress.step(upstream);
    const execution = await execute(dispatcher, descriptor, args, { method, tolerance, onProgress });
    const outputs = await outputFields(upstream, execution.result);
    const times =
      repeat === undefined
        ? undefined
        : await timeCalls(execution.again, repeat, execution.ms, progress.step(`${upstream}, ${repeat} times`));
    progress.stop();
    if (out !== undefined) await files.write((how) => writeNpzFile(out, outputs, how));

    // Notes wait until all went well, so that a failure is one line.
    if (options.inputs === undefined) note(io, `no --inputs: ${label}`);
    const warning = unequalNoiseWarning(descriptor, fields);
    if (warning !== undefined) note(io, warning);
    for (const each of notes) note(io, each);
    if (out !== undefined) note(io, `wrote ${out}`);
    if (times !== undefined) {
      const { method, simd } = execution;
      printJson(files.io, { median_ms: times.medianMs, min_ms: times.minMs, method, simd });
    } else {
      const instructions = execution.simd === undefined ? '' : ` (${execution.simd})`;
      const how = `on ${execution.backend}${instructions}, method ${execution.method}, first call ${duration(execution.ms)}`;
      print(files.io, `${upstream} (${descriptor.name}) ${how}\n${summary(outputs)}`);
    }
    return exitCodes.fine;
  } finally {
    progress.stop();
    for (const backend of dispatcher.backends) backend.dispose?.();
  }
}

/** The arguments from the file; what has to be computed for them is computed by the loops. */
function argumentsOf(descriptor: KernelDescriptor, fields: Fields, progress: Progress): LooseArgs {
  const helper = createLoopsBackend();
  return resolveArguments(descriptor, fields, (name, args) => {
    const onProgress = progress.step(`${helper.id}: ${kernels[name].upstream}`);
    return syncKernelOf(helper, name)(args, { onProgress });
  });
}

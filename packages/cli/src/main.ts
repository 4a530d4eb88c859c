/** The process entry: everything else is functions of arguments and streams. */
import { exitCodes } from './exitCodes.js';
import { note } from './io.js';
import { run } from './run.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has seen enough, as in `wtilde backends | head`.
  if (error.code === 'EPIPE') process.exit(exitCodes.fine);
  note(process, `stdout: what was to be printed cannot be written (got ${error.message}); check the space on its disk`);
  process.exit(exitCodes.badInput);
});
// Where nobody can be told, there is nothing to tell.
process.stderr.on('error', () => {});

// Not process.exit: what has been written must be flushed.
process.exitCode = await run(process.argv.slice(2), process);

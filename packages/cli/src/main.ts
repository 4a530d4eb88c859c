/** The process entry: everything else is functions of arguments and streams. */
import { run } from './run.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has seen enough, as in `wtilde backends | head`.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Not process.exit: what has been written must be flushed.
process.exitCode = await run(process.argv.slice(2), process);

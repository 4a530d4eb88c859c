import { Command } from 'commander';
import type { KernelOptions } from './commands/kernel.js';
import type { LikelihoodOptions } from './commands/likelihood.js';
import type { ExitCode } from './exitCodes.js';
import * as help from './help.js';
import type { Io } from './io.js';
import { collect, count, tolerance } from './options.js';
import { version } from './version.js';

/**
 * The commands and their options. Commands are imported when they are called, so that help comes at once.
 *
 * @param done receives the exit code of the command that was run.
 */
export function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('wtilde')
    .description(help.description)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help; also after a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors are thrown and printed in one place.
      writeErr: () => {},
    })
    .addHelpText('after', help.program);

  program
    .command('likelihood')
    .summary('every term of the log evidence, on every backend')
    .description(help.likelihoodDescription)
    .option('-i, --inputs <file.npz>', help.inputs)
    .option('-b, --backend <id>', 'a backend to run; may be repeated (default: all there are)', collect)
    .option('--json', 'print one JSON object instead of the table')
    .option('--reconstruction', 'add the reconstructed source to the terms of the JSON object')
    .option('--max-bytes <n>', help.maxBytes, count('--max-bytes'))
    .addHelpText('after', help.likelihood)
    .action(async (options: LikelihoodOptions) => {
      const { likelihood } = await import('./commands/likelihood.js');
      done(await likelihood(options, io));
    });

  program
    .command('kernel')
    .summary('run or time one kernel')
    .description(help.kernelDescription)
    .argument('<name>', 'the kernel, by its upstream name or ours')
    .option('-i, --inputs <file.npz>', help.inputs)
    .option('-b, --backend <id>', 'the backend to run it on (default: loops)')
    .option('-m, --method <name>', 'one of its methods (default: the fastest at these sizes)')
    .option('-t, --tolerance <t>', 'relative error allowed to approximate transforms', tolerance)
    .option('-o, --out <file.npz>', 'write the result as out.<upstream name>')
    .option('-r, --repeat <n>', 'time n warm calls and print a JSON object', count('--repeat'))
    .option('--max-bytes <n>', help.maxBytes, count('--max-bytes'))
    .addHelpText('after', help.kernel)
    .action(async (name: string, options: KernelOptions) => {
      const { kernel } = await import('./commands/kernel.js');
      done(await kernel(name, options, io));
    });

  program
    .command('backends')
    .summary('what backends there are and what they can do')
    .description(help.backendsDescription)
    .option('--json', 'print one JSON object')
    .addHelpText('after', help.backends)
    .action(async (options: { readonly json?: boolean }) => {
      const { backends } = await import('./commands/backends.js');
      done(await backends(options, io));
    });

  program
    .command('diff')
    .summary('which kernels backends have, and what differs from upstream')
    .description(help.diffDescription)
    .argument('[a]', 'a backend')
    .argument('[b]', 'another backend')
    .addHelpText('after', help.diff)
    .action(async (a: string | undefined, b: string | undefined) => {
      const { diff } = await import('./commands/diff.js');
      done(await diff(a, b, io));
    });

  return program;
}

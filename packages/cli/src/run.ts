import { isWtildeError, remedyByName } from '@wtilde/core-types';
import { type Command, CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { type Io, note, print } from './io.js';
import { createProgram } from './program.js';
import { greeting } from './text/greeting.js';

/**
 * The command line as a function: runs `wtilde` with these arguments and returns its exit code. It never throws: what
 * went wrong becomes one line on stderr and exit code 2.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const program = createProgram(io, (result) => {
    code = result;
  });
  try {
    if (argv.length === 0) print(io, await greeting());
    else await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.fine;
      note(io, usage(error, argv, program));
    } else {
      note(io, messageOf(error));
    }
    return exitCodes.badInput;
  }
}

/** In the form of all others, with the help of the command that was asked for. */
function usage({ message, code }: CommanderError, argv: readonly string[], { commands }: Command): string {
  const names = commands.map((command) => command.name());
  const words = argv.filter((word) => !word.startsWith('-'));
  // Commander's own `help` has no words for this.
  if (code === 'commander.help') {
    return `help: there is no such command (got ${words[1]}); ${remedyByName(words[1], names, 'wtilde --help lists them')}`;
  }
  const command = words[0] === 'version' ? '--version' : `${names.includes(words[0]) ? `${words[0]} ` : ''}--help`;
  const told = message
    .replace(/^error: /, '')
    .replace(/ ?\n?\(Did you mean (?:one of )?(.*?)\?\)/, '; did you mean $1?');
  return `${told}${told.endsWith('?') ? ' ' : '; '}${command === '--version' ? 'did you mean wtilde --version?' : `wtilde ${command} shows the usage`}`;
}

function messageOf(error: unknown): string {
  if (isWtildeError(error)) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /alloc|array length|array size/i.test(text)) {
    return `there is not enough memory for this (${text}); use smaller inputs, or a kernel that does not expand W`;
  }
  return `unexpected: ${text}; please report it`;
}

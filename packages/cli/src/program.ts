import { Command } from 'commander';
import { backends } from './commands/backends/options.js';
import { loadBench } from './commands/bench/load.js';
import { bench } from './commands/bench/options.js';
import { completion } from './commands/completion/options.js';
import { coolest } from './commands/coolest/options.js';
import { diff } from './commands/diff/options.js';
import { doctor } from './commands/doctor/options.js';
import { evidence } from './commands/evidence/options.js';
import { explore } from './commands/explore/options.js';
import { fit } from './commands/fit/options.js';
import { import as importCommand } from './commands/import/options.js';
import { info } from './commands/info/options.js';
import { inputs } from './commands/inputs/options.js';
import { kernel } from './commands/kernel/options.js';
import { lens } from './commands/lens/options.js';
import { likelihood } from './commands/likelihood/options.js';
import { prepare } from './commands/prepare/options.js';
import { profiles } from './commands/profiles/options.js';
import { regularizations } from './commands/regularizations/options.js';
import { sample } from './commands/sample/options.js';
import { simulate } from './commands/simulate/options.js';
import { source } from './commands/source/options.js';
import { worker } from './commands/worker/options.js';
import type { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { addCommand, type Declaration, type Run } from './options/command.js';
import type { OptionTable } from './options/declare.js';
import { detailsOf } from './options/help.js';
import { harmless } from './text/harmless.js';
import { help } from './text/program.js';
import { version } from './version.js';

/**
 * The commands, in the order of the help and of the README. What a command does is imported when it is called.
 *
 * @param done receives the exit code of the command that was run.
 */
export function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('wtilde')
    .description(help.description)
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help; also after a command')
    .configureHelp({ subcommandTerm: termOf })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(harmless(text)),
      // Errors are thrown and printed in one place.
      writeErr: () => {},
    });
  program.addHelpText('after', () => detailsOf(help, program));

  const declared: Declaration<OptionTable>[] = [];
  const add = <O extends OptionTable>(declaration: Declaration<O>, load: () => Promise<Run<O>>) => {
    declared.push(declaration);
    addCommand(program, declaration, load, io, done);
  };
  program.commandsGroup('To look at first:').helpCommand('help [command]', 'print the help of a command');
  add(explore, async () => (await import('./commands/explore/run.js')).explore);
  add(likelihood, async () => (await import('./commands/likelihood/run.js')).likelihood);
  add(doctor, async () => (await import('./commands/doctor/run.js')).doctor);
  program.commandsGroup('From visibilities to a source:');
  add(importCommand, async () => (await import('./commands/import/run.js')).importObservation);
  add(info, async () => (await import('./commands/info/run.js')).info);
  add(prepare, async () => (await import('./commands/prepare/run.js')).prepare);
  add(evidence, async () => (await import('./commands/evidence/run.js')).evidence);
  add(source, async () => (await import('./commands/source/run.js')).source);
  program.commandsGroup('To find the lens:');
  add(fit, async () => (await import('./commands/fit/run.js')).fit);
  add(sample, async () => (await import('./commands/sample/run.js')).sample);
  program.commandsGroup('Lens models:');
  add(profiles, async () => (await import('./commands/profiles/run.js')).profiles);
  add(regularizations, async () => (await import('./commands/regularizations/run.js')).regularizations);
  add(lens, async () => (await import('./commands/lens/run.js')).lens);
  add(simulate, async () => (await import('./commands/simulate/run.js')).simulate);
  add(coolest, async () => (await import('./commands/coolest/run.js')).coolest);
  program.commandsGroup('Many machines, and the shell:');
  add(worker, async () => (await import('./commands/worker/run.js')).worker);
  add(completion, async () => (await import('./commands/completion/run.js')).completionOf(declared));
  program.commandsGroup('Kernels and backends:');
  add(kernel, async () => (await import('./commands/kernel/run.js')).kernel);
  add(inputs, async () => (await import('./commands/inputs/run.js')).inputs);
  add(backends, async () => (await import('./commands/backends/run.js')).backends);
  add(diff, async () => (await import('./commands/diff/run.js')).diff);
  add(bench, async () => (await loadBench(() => import('./commands/bench/run.js'))).bench);
  return program;
}

/** All of them have options: to say so of each tells nothing. */
function termOf(command: Command): string {
  const operands = command.registeredArguments.map((operand) => {
    const name = `${operand.name()}${operand.variadic ? '...' : ''}`;
    return operand.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...operands].join(' ');
}

import { WtildeError } from '@wtilde/core-types';
import { type Command, Option, type OptionValues } from 'commander';
import type { ExitCode } from '../exitCodes.js';
import type { Io } from '../io.js';
import { type Declared, longName, type OptionTable, type Values } from './declare.js';
import { detailsOf, type HelpText } from './help.js';

/** A command as it is declared in its folder. */
export interface Declaration<O extends OptionTable> {
  readonly name: string;
  readonly help: HelpText;
  /** What is given without a name before it: `<name>`, `[a]` where it may be left out, `[files...]`. */
  readonly operands?: Readonly<Record<string, string>>;
  readonly options: O;
}

/** What a command does. */
export type Run<O extends OptionTable> = (options: Values<O>, io: Io, operands: readonly string[]) => Promise<ExitCode>;

/** Adds a command to the program; `load` imports what it does when it is called, so that help comes at once. */
export function addCommand<O extends OptionTable>(
  program: Command,
  { name, help, operands = {}, options }: Declaration<O>,
  load: () => Promise<Run<O>>,
  io: Io,
  done: (code: ExitCode) => void,
): void {
  const command = program.command(name).summary(help.summary).description(help.description);
  for (const [operand, sentence] of Object.entries(operands)) command.argument(operand, sentence);
  for (const declared of Object.values(options)) addOption(command, declared);
  command.addHelpText('after', () => detailsOf(help, command));
  command.action(async () => {
    const run = await load();
    done(await run(command.opts<Values<O> & OptionValues>(), io, command.args));
  });
}

function addOption(command: Command, declared: Declared<unknown>): void {
  const { flags, help, parse, repeatable = false, negatable = false, standard, always } = declared;
  const name = longName(declared);
  const option = new Option(flags, help).makeOptionMandatory(always);
  if (standard !== undefined) option.default(standard);
  if (parse !== undefined) option.argParser((text) => parse(text, name));
  if (repeatable) option.argParser((text, before: readonly string[] = []) => [...before, text]);
  command.addOption(option);
  if (negatable) command.addOption(new Option(name.replace('--', '--no-'), `not ${name}`));
  if (option.required && !repeatable) refuseTwice(command, option, name);
}

/** Of two values the last would win without a word. */
function refuseTwice(command: Command, option: Option, name: string): void {
  let before: string | undefined;
  command.on(`option:${option.name()}`, (text: string) => {
    if (before !== undefined) throw twice(name, before, text);
    before = text;
  });
}

function twice(where: string, first: string, second: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the option is given twice',
    where,
    expected: 'one value',
    actual: `${first} and ${second}`,
    remedy: 'leave one out',
  });
}

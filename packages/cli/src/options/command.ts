import { WtildeError } from '@wtilde/core-types';
import { type Command, Option, type OptionValues } from 'commander';
import type { ExitCode } from '../exitCodes.js';
import type { Io } from '../io.js';
import { type Declared, longName, type Offers, type OptionTable, type Values } from './declare.js';
import { groupOf } from './groups.js';
import { detailsOf, type HelpText } from './help.js';

/** A command as it is declared in its folder. */
export interface Declaration<O extends OptionTable> {
  readonly name: string;
  readonly help: HelpText;
  /** What is given without a name before it: `<name>`, `[a]` where it may be left out, `[files...]`. */
  readonly operands?: Readonly<Record<string, string>>;
  /** What a shell offers for these; files where nothing is named. */
  readonly operandOffers?: Offers;
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
  const all = Object.values(options);
  for (const declared of all) addOption(command, declared, all.length > many);
  // What is missing is told here: commander names one thing only, and before it has looked at misspelt options.
  command.allowExcessArguments(true);
  command.addHelpText('after', () => detailsOf(help, command));
  command.action(async () => {
    const missing = all.filter(isMissing(command));
    const unexpected = command.args.slice(mostOperands(command));
    if (unexpected.length > 0) throw unnamed(name, unexpected, missing);
    if (missing.length > 0) throw incomplete(name, missing, help.examples ?? []);
    const run = await load();
    done(await run(command.opts<Values<O> & OptionValues>(), io, command.args));
  });
}

/** Options that are more than a glance takes in are shown in groups. */
const many = 14;

function isMissing(command: Command): (declared: Declared<unknown>) => boolean {
  return ({ flags, always }) => always && command.getOptionValue(new Option(flags).attributeName()) === undefined;
}

function mostOperands({ registeredArguments }: Command): number {
  return registeredArguments.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : registeredArguments.length;
}

function incomplete(command: string, missing: readonly Declared<unknown>[], examples: readonly string[]): WtildeError {
  const [example] = examples;
  const tried = example === undefined ? '' : `for example: ${example}; `;
  return new WtildeError('MissingArgument', {
    what: missing.length === 1 ? 'an option is missing' : 'options are missing',
    where: command,
    expected: missing.map(({ flags }) => flags.replace(/^-\w, /, '')).join(' and '),
    remedy: `${tried}wtilde ${command} --help tells more`,
  });
}

/** `wtilde evidence DIR`, where `--data DIR` was meant. */
function unnamed(command: string, given: readonly string[], missing: readonly Declared<unknown>[]): WtildeError {
  const [meant] = missing;
  return new WtildeError('UnknownArgument', {
    what: 'too many arguments',
    where: command,
    expected: 'the name of an option before each value',
    actual: given.join(' '),
    remedy:
      meant === undefined || given[0] === 'help'
        ? `see wtilde ${command} --help`
        : `write ${longName(meant)} ${given[0]}`,
  });
}

function addOption(command: Command, declared: Declared<unknown>, isGrouped: boolean): void {
  const { flags, help, parse, repeatable = false, negatable = false, standard } = declared;
  const name = longName(declared);
  const option = new Option(flags, help);
  const group = isGrouped ? groupOf(name) : undefined;
  if (group !== undefined) option.helpGroup(group);
  if (standard !== undefined) option.default(standard);
  if (parse !== undefined) option.argParser((text) => parse(text, name));
  if (repeatable) option.argParser((text, before: readonly string[] = []) => [...before, text]);
  command.addOption(option);
  if (negatable) {
    const opposite = new Option(name.replace('--', '--no-'), `not ${name}`);
    command.addOption(group === undefined ? opposite : opposite.helpGroup(group));
  }
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

import type { Declaration } from '../../options/command.js';
import { type Declared, longName, type OptionTable } from '../../options/declare.js';

/** What a shell completes a word by: nothing, names of files and folders, or one of a few words. */
export type Completed =
  | { readonly by: 'nothing' | 'files' }
  | { readonly by: 'words'; readonly words: readonly string[] };

/** An option, as shells have to know it. */
export interface OptionWords {
  /** `--backend`, and `-b` where there is one: that it is known by. */
  readonly names: readonly string[];
  readonly help: string;
  readonly repeatable: boolean;
  /** Undefined for flags. */
  readonly value: Completed | undefined;
}

/** A command, as shells have to know it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** What is given without a name before it; undefined where a command takes nothing of the kind. */
  readonly operand: Completed | undefined;
}

/** What every command has. */
export const helpOption: OptionWords = {
  names: ['-h', '--help'],
  help: 'print this help',
  repeatable: false,
  value: undefined,
};

/** Everything to complete, from what the commands declare. */
export async function grammarOf(declarations: readonly Declaration<OptionTable>[]): Promise<readonly CommandWords[]> {
  return await Promise.all(
    declarations.map(async ({ name, help, operands, operandOffers, options }) => ({
      name,
      summary: help.summary,
      options: [...(await Promise.all(Object.values(options).map(optionsOf))).flat(), helpOption],
      operand: operands === undefined ? undefined : operandOffers ? wordsOf(await operandOffers()) : { by: 'files' },
    })),
  );
}

/** One, or two where it may be negated. */
async function optionsOf(declared: Declared<unknown>): Promise<readonly OptionWords[]> {
  const option = await optionOf(declared);
  if (!declared.negatable) return [option];
  const name = longName(declared);
  const names = [name.replace('--', '--no-')];
  return [option, { names, help: `not ${name}`, repeatable: false, value: undefined }];
}

async function optionOf(declared: Declared<unknown>): Promise<OptionWords> {
  const { flags, help, repeatable = false, offers } = declared;
  const [short] = /^-\w(?=,)/.exec(flags) ?? [];
  const [, taken] = /<(.+)>/.exec(flags) ?? [];
  const names = short === undefined ? [longName(declared)] : [short, longName(declared)];
  if (taken === undefined) return { names, help, repeatable, value: undefined };
  return { names, help, repeatable, value: offers ? wordsOf(await offers()) : byPlaceholder(taken) };
}

function wordsOf(words: readonly string[]): Completed {
  return { by: 'words', words: [...new Set(words)] };
}

/** What is read or written: a file, a folder, or either. */
function byPlaceholder(taken: string): Completed {
  return { by: /file|dir/.test(taken) ? 'files' : 'nothing' };
}

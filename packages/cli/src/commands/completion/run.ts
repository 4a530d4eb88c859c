import { remedyByName, WtildeError } from '@wtilde/core-types';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print } from '../../io.js';
import type { Declaration, Run } from '../../options/command.js';
import type { OptionTable } from '../../options/declare.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { type CommandWords, grammarOf } from './grammar.js';
import { type Shell, shells } from './shells.js';
import { zshScript } from './zsh.js';

const scripts: Readonly<Record<Shell, (commands: readonly CommandWords[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `wtilde completion`, of these commands. */
export function completionOf(declarations: readonly Declaration<OptionTable>[]): Run<Record<never, never>> {
  return async (_, io: Io, [asked]): Promise<ExitCode> => {
    const shell = shells.find((known) => known === asked);
    if (shell === undefined) throw unknownShell(asked);
    print(io, scripts[shell](await grammarOf(declarations)).trimEnd());
    return exitCodes.fine;
  };
}

function unknownShell(asked: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there is no script for this shell',
    where: 'completion',
    expected: `one of ${shells.join(', ')}`,
    actual: asked,
    remedy: remedyByName(asked, shells, 'use one of those'),
  });
}

import { stat } from 'node:fs/promises';
import { WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import { type FilePath, fileName } from './io.js';
import { taken, targetOf } from './target.js';
import { existingVisibilityPaths } from './visibilityFiles.js';
import type { WriteFileOptions } from './write.js';

/** Options of {@link checkOutputs}. */
export interface OutputOptions extends Pick<WriteFileOptions, 'overwrite' | 'makeFolder'> {
  /** What the work reads: files, or folders of visibilities. None of it is ever an output, `overwrite` or not. */
  readonly inputs?: readonly FilePath[];
}

/**
 * Looks, before long work, whether its outputs can be written and would replace nothing that they must not. Files are
 * compared by what they are, not by their names: through symbolic links, hard links and other spellings.
 *
 * @throws FileUnwritable as `writeFiles` would; InvalidOption where an output is an input, or two outputs are one file.
 */
export async function checkOutputs(outputs: readonly FilePath[], options: OutputOptions = {}): Promise<void> {
  const { inputs = [], overwrite = true, makeFolder = false } = optionsOf(options, 'checkOutputs');
  const used = new Map<string, string>();
  for (const input of inputs) {
    for (const path of await filesOf(input)) {
      const identity = await identityOf(path);
      if (identity !== undefined) used.set(identity, fileName(path));
    }
  }
  const free = new Map<string, string>();
  const existing: string[] = [];
  for (const output of outputs) {
    const target = await targetOf(output, makeFolder);
    if (target.kind === 'stream') continue;
    const identity = (await identityOf(target.path)) ?? target.path;
    const input = used.get(identity);
    if (input !== undefined) throw conflict('the output would replace an input', target.where, input);
    const other = free.get(identity);
    if (other !== undefined) throw conflict('two outputs are one file', target.where, other);
    free.set(identity, target.where);
    if (target.existing !== undefined) existing.push(target.where);
  }
  // Last, as its remedy would not help against the others.
  if (!overwrite && existing.length > 0) throw taken(existing[0]);
}

async function filesOf(input: FilePath): Promise<readonly FilePath[]> {
  const there = await stat(input).catch(() => undefined);
  return there?.isDirectory() ? Object.values(await existingVisibilityPaths(input)) : [input];
}

/** What a file is, whatever it is called: the same for all its names. Undefined for what is no file. */
async function identityOf(path: FilePath): Promise<string | undefined> {
  const there = await stat(path, { bigint: true }).catch(() => undefined);
  return there?.isFile() ? `${there.dev} ${there.ino}` : undefined;
}

function conflict(what: string, where: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where, actual, remedy: 'name another file' });
}

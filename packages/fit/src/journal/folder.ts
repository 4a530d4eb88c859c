import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WtildeError } from '@wtilde/core-types';
import { readNpzFile, writeFiles, writeNpzFile } from '@wtilde/data/node';
import { isJsonObject } from '../model/json.js';
import type { JournalState, JournalStorage, RunFacts } from './journal.js';

const stateFile = 'checkpoint.json';

/**
 * A journal in a folder: `checkpoint.json` and `evaluations-0000.npz` and so on, each replaced as a whole, so that whoever
 * is killed leaves what was there before.
 */
export function folderJournal(folder: string): JournalStorage {
  const pageFile = (number: number) => join(folder, `evaluations-${String(number).padStart(4, '0')}.npz`);
  return {
    async state() {
      await removeLeftovers(folder);
      const path = join(folder, stateFile);
      const text = await readFile(path, 'utf8').catch(unlessMissing);
      return text === undefined ? undefined : stateFrom(text, path);
    },
    page: (number) => readNpzFile(pageFile(number)),
    async save(number, page, state) {
      await writeNpzFile(pageFile(number), page, { makeFolder: true, level: 0 });
      const bytes = new TextEncoder().encode(`${JSON.stringify(state)}\n`);
      await writeFiles([{ path: join(folder, stateFile), bytes }], { makeFolder: true });
    },
  };
}

/** What a process that was killed while it wrote has left beside its targets. */
async function removeLeftovers(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(unlessMissing)) ?? [];
  for (const name of names) {
    if (/^\.wtilde-[\w-]+\.partial$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

function unlessMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code === 'ENOENT') return undefined;
  throw new WtildeError('FileUnreadable', {
    what: 'the checkpoint cannot be read',
    where: cause.path ?? stateFile,
    actual: cause.message,
    remedy: 'check the path and its permissions',
    cause,
  });
}

function stateFrom(text: string, where: string): JournalState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (isJsonObject(json) && json.format === 1 && isFacts(json.run)) {
    const { run, evaluations, failures } = json;
    if (typeof evaluations === 'number' && typeof failures === 'number') {
      return { format: 1, run, evaluations, failures };
    }
  }
  throw new WtildeError('FileFormat', {
    what: 'this is no checkpoint of this version',
    where,
    actual: text.slice(0, 60),
    remedy: 'name the folder of a run, or begin a new one elsewhere',
  });
}

function isFacts(value: unknown): value is RunFacts {
  if (!isJsonObject(value)) return false;
  return Object.values(value).every((each) => ['string', 'number', 'boolean'].includes(typeof each));
}

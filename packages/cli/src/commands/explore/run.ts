import { existsSync } from 'node:fs';
import { WtildeError } from '@wtilde/core-types';
import open from 'open';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print } from '../../io.js';
import type { ExploreOptions } from './options.js';
import { pageFolder } from './pageFolder.js';
import { dataFiles, openSite } from './site.js';

/** `wtilde explore`: the page on this machine, until a signal ends it. */
export async function explore(
  { port = 0, host = '127.0.0.1', open: toBeOpened = true }: ExploreOptions,
  io: Io,
  [path]: readonly string[],
): Promise<ExitCode> {
  if (!existsSync(`${pageFolder}index.html`)) throw notBuilt();
  const site = await openSite({ page: pageFolder, data: await dataFiles(path), host, port });
  print(io, site.url);
  note(io, 'the page is there until Ctrl-C');
  if (host !== '127.0.0.1' && host !== 'localhost') {
    note(io, `everyone who reaches ${host} on the network can see the page and the data while this runs`);
  }
  if (toBeOpened) {
    // Without a browser the address is still good.
    const browser = await open(site.url).catch(() => undefined);
    browser?.once('error', () => {});
  }
  await ended();
  await site.close();
  return exitCodes.fine;
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function notBuilt(): WtildeError {
  return new WtildeError('FileUnreadable', {
    what: 'the page has not been built',
    where: pageFolder,
    expected: 'index.html',
    actual: 'nothing',
    remedy: 'in a clone, npm run explore builds it',
  });
}

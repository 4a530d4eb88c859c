import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { WtildeError } from '@wtilde/core-types';
import { unreadable } from '@wtilde/data/node';
import sirv from 'sirv';

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Folder of the built page. */
  readonly page: string;
  /** The files that the page is to open. */
  readonly data: readonly string[];
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
}

/** Shared memory, and with it threads, needs a page that no other can look into. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

const loopback = ['127.0.0.1', 'localhost', '[::1]', '::1'];

/** Serves the page and, below `data/`, the files: `data/index.json` names them, `data/0` is the first. */
export async function openSite({ page, data, host, port }: SiteOptions): Promise<Site> {
  const serve = sirv(page, { etag: true, setHeaders: (response) => setAll(response) });
  const server = createServer((request, response) => {
    // A name that somebody has pointed at this machine is not this machine's.
    if (loopback.includes(host) && !loopback.includes(hostOf(request))) return void response.writeHead(403).end();
    const [, file] = /^\/data\/(index\.json|\d+)$/.exec(request.url ?? '') ?? [];
    if (file === undefined) serve(request, response, () => void response.writeHead(404).end());
    else if (file === 'index.json') list(response, data);
    else send(response, data[Number(file)]);
  });
  await listening(server, host, port);
  const address = server.address();
  const found = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${found}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The files that the page may be able to read: of a folder, or the one. */
export async function dataFiles(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return [];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => /\.(fits|uvfits|uvf|npz)(\.gz)?$/i.test(name)).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw new WtildeError('FileFormat', {
    what: 'the folder holds no data',
    where: path,
    expected: 'data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare',
    actual: 'no file whose name ends in .fits, .uvfits, .uvf or .npz',
    remedy: 'name the folder that has them',
  });
}

function hostOf({ headers: { host = '' } }: IncomingMessage): string {
  return host.replace(/:\d+$/, '');
}

function setAll(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function list(response: ServerResponse, data: readonly string[]): void {
  setAll(response);
  const files = data.map((path, at) => ({ name: basename(path), url: `data/${at}` }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ files }));
}

function send(response: ServerResponse, path: string | undefined): void {
  setAll(response);
  if (path === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  // A page that goes away in the middle is no error.
  pipeline(createReadStream(path), response).catch(() => response.destroy());
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new WtildeError('InvalidOption', {
          what: 'the page cannot be served there',
          where: `--host ${host} --port ${port}`,
          actual: cause.message,
          remedy: 'choose another port, or leave it out',
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
}

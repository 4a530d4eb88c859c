import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** What hosts do to the page, by the folder that it is served from. */
const hosts = {
  /** As `wtilde explore` does: a page that may have threads. */
  isolated: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
  /** Any static host. */
  plain: {},
  /** Neither eval nor WebAssembly. */
  restricted: { 'content-security-policy': "script-src 'self'" },
  /** Its worker is not there. */
  broken: {},
} as const;

export type Host = keyof typeof hosts;

/** Bundles the page from the sources, as `npm run build:explorer` does, and serves it on loopback. */
export async function openSite(alias: { find: RegExp; replacement: string }[]) {
  const folder = await mkdtemp(join(tmpdir(), 'wtilde-explorer-'));
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', resolve: { alias }, build: { outDir: folder, emptyOutDir: true } });
  const server = createServer((request, response) => {
    const [, host = '', path = ''] = /^\/(\w+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const found = contentOf(host, path === '' ? 'index.html' : path);
    found.then(
      (content) =>
        response
          .writeHead(200, {
            ...headersOf(host),
            'content-type': types[extname(path) || '.html'] ?? 'application/octet-stream',
          })
          .end(content),
      () => response.writeHead(404).end(),
    );
  });

  async function contentOf(host: string, path: string): Promise<Uint8Array> {
    if (host === 'broken' && path.includes('worker')) throw new Error('not there');
    return await readFile(join(folder, path));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    folder,
    urlOf: (host: Host) => `http://127.0.0.1:${port}/${host}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

function headersOf(host: string): Readonly<Record<string, string>> {
  return Object.entries(hosts).find(([name]) => name === host)?.[1] ?? {};
}

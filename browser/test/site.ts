import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { build } from 'vite';

/** Shared memory, and with it the threads of backend-wasm, needs a cross-origin isolated page. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The one page that may run its own scripts only: neither eval nor WebAssembly. */
const policies: Readonly<Record<string, string>> = { '/restricted.html': "script-src 'self'" };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The .wasm files that backend-tfjs wants to be told of, as an app would copy them. */
const tfjsWasm = dirname(
  createRequire(new URL('../../packages/backend-tfjs/package.json', import.meta.url)).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
  ),
);

/** Bundles the page from the sources, as an app would, and serves it on loopback. */
export async function openSite(alias: { find: RegExp; replacement: string }[]) {
  const folder = await mkdtemp(join(tmpdir(), 'wtilde-page-'));
  const root = new URL('../page', import.meta.url).pathname;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: {
        input: ['index.html', 'suites.html', 'restricted.html', 'warm.html'].map((name) => join(root, name)),
      },
    },
  });
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '/');
    const file = path.startsWith('/tfjs-backend-wasm/') ? join(tfjsWasm, basename(path)) : join(folder, path);
    readFile(file).then(
      (content) =>
        response
          .writeHead(200, {
            ...isolation,
            'content-type': types[extname(path)] ?? 'application/octet-stream',
            ...(path in policies ? { 'content-security-policy': policies[path] } : {}),
          })
          .end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** An npm registry on loopback. */
export interface Registry {
  readonly url: string;
  /** What a process must be started with for npm and pnpm to use it, and nothing of the user's own configuration. */
  readonly env: NodeJS.ProcessEnv;
  stop(): void;
}

/** Starts Verdaccio with its storage in a folder. What is not ours comes from the registry that npm is set to. */
export async function startRegistry(folder: string): Promise<Registry> {
  const port = await freePort();
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const ours = '{ access: $all, publish: $all, unpublish: $all }';
  const config = join(folder, 'verdaccio.yaml');
  writeFileSync(
    config,
    [
      `storage: ${join(folder, 'storage')}`,
      `uplinks: { upstream: { url: ${upstream}, cache: true, maxage: 60m } }`,
      `packages: { "@wtilde/*": ${ours}, "wtilde": ${ours}, "**": { access: $all, proxy: upstream } }`,
      'max_body_size: 100mb',
      'log: { type: stdout, format: pretty, level: error }',
      '',
    ].join('\n'),
  );
  const server = spawn(process.execPath, [
    new URL('node_modules/verdaccio/bin/verdaccio', import.meta.url).pathname,
    ...['--config', config, '--listen', `127.0.0.1:${port}`],
  ]);
  const url = `http://127.0.0.1:${port}/`;
  await answering(url, server);
  const user = join(folder, 'npmrc');
  writeFileSync(user, `registry=${url}\n//127.0.0.1:${port}/:_authToken=any-text-will-do\n`);
  // npm hands its own settings down to the scripts that it runs, in either case.
  const inherited = Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name));
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(inherited),
    NPM_CONFIG_USERCONFIG: user,
    NPM_CONFIG_REGISTRY: url,
    npm_config_userconfig: user,
    npm_config_registry: url,
    pnpm_config_registry: url,
    // npx takes what it has cached by version, whatever was in it then.
    npm_config_cache: join(folder, 'npm-cache'),
    // Only the machines of a release can prove where a package comes from.
    NPM_CONFIG_PROVENANCE: 'false',
  };
  return { url, env, stop: () => server.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (data) => (said += data));
  for (let attempt = 0; attempt < 6000; attempt++) {
    if (server.exitCode !== null) throw new Error(`the registry does not start: ${said}`);
    const answer = await fetch(`${url}-/ping`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the registry does not answer: ${said}`);
}

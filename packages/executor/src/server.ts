import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WtildeError } from '@wtilde/core-types';

/** A server of one's own on loopback. */
export interface OwnServer {
  readonly url: string;
  /** Ends it at once, and all that it knows. */
  stop(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>;
}

/** The kinds of server that are installed on this machine, by their programs: redis-server, valkey-server, both or none. */
export function installedServers(): readonly string[] {
  const programs = ['redis-server', 'valkey-server'];
  return programs.filter((program) => spawnSync(program, ['--version']).status === 0);
}

/**
 * Starts a server on a port that is free, for tests: nobody else has it, and it keeps nothing on disk.
 *
 * @param settings instead of those for nothing on disk, as on the command line of the server.
 * @throws BackendUnavailable where the program is not there, or ends.
 */
export async function startServer(
  program: string,
  settings: readonly string[] = ['--save', '', '--appendonly', 'no'],
): Promise<OwnServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: OwnServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const given = ['--port', String(port), '--bind', '127.0.0.1', ...settings];
      const started = spawn(program, given, { stdio: ['ignore', 'pipe', 'inherit'] });
      child = started;
      started.stdout.setEncoding('utf8');
      await new Promise<void>((resolve, reject) => {
        started.stdout.on('data', (text: string) => /ready to accept connections/i.test(text) && resolve());
        started.once('error', (error) => reject(noStart(program, error.message)));
        started.once('exit', (code) => reject(noStart(program, `it ended with ${code}`)));
      });
    },
    async stop() {
      if (child === undefined) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      child = undefined;
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function noStart(program: string, actual: string): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what: 'the server does not start',
    where: program,
    actual,
    remedy: 'install redis-server or valkey-server, or correct its settings',
  });
}

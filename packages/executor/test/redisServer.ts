import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';

/** A server of one's own on loopback, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Ends it, and all that it knows. */
  stop(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>;
}

const programs = ['redis-server', 'valkey-server'];

/**
 * Registers tests on every kind of server that is installed. Where there is none there is a single test that says so:
 * skipped, or failed where WTILDE_REQUIRE asks for redis.
 */
export function onServer(register: (open: () => Promise<RedisServer>) => void): void {
  const present = programs.filter((program) => spawnSync(program, ['--version']).status === 0);
  if (present.length === 0) {
    const message = 'neither redis-server nor valkey-server is installed';
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('redis')) it(message, () => expect.fail(message));
    else it.skip(message);
  }
  for (const program of present) describe(program, () => register(() => openServer(program)));
}

async function openServer(program: string): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout?.setEncoding('utf8');
      await new Promise<void>((resolve, reject) => {
        child?.stdout?.on('data', (text: string) => /ready to accept connections/i.test(text) && resolve());
        child?.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
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
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A server and worker processes on loopback, for the scripts. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const serverProgram = process.env.WTILDE_SERVER ?? 'redis-server';

/** Which server it is: `redis-server 7.0.15`. */
export function serverName(): string {
  const [, version = ''] =
    /v=([\d.]+)/.exec(spawnSync(serverProgram, ['--version'], { encoding: 'utf8' }).stdout) ?? [];
  return `${basename(serverProgram)} ${version}`;
}

/** Of a network namespace, in which a program runs; on this machine where there is none. */
export type Host = string | undefined;

/** Listens on loopback, and in a namespace to whoever reaches that. */
export async function startServer(port: number, host?: Host): Promise<ChildProcess> {
  const reach = host === undefined ? ['--bind', '127.0.0.1'] : ['--bind', '0.0.0.0', '--protected-mode', 'no'];
  const settings = ['--port', String(port), ...reach, '--save', '', '--appendonly', 'no'];
  const child = spawnOn(host, serverProgram, settings, 'inherit');
  child.stdout?.setEncoding('utf8');
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => /ready to accept connections/i.test(text) && resolve());
  });
  return child;
}

/** A worker of the tasks of the scripts. */
export async function startWorker(url: string, threads: number, lockMs = 15_000, host?: Host): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./process.ts', import.meta.url));
  return await joined([program, url, String(threads), String(lockMs)], host);
}

/** `wtilde worker`, of one thread. */
export async function startWtildeWorker(url: string): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('../../cli/bin/wtilde.js', import.meta.url));
  return await joined([program, 'worker', '--connect', url, '--threads', '1']);
}

/** A process that says something once it has joined. */
async function joined(given: readonly string[], host?: Host): Promise<ChildProcess> {
  const child = spawnOn(host, process.execPath, given, 'ignore');
  await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
  return child;
}

/** `ip netns exec` becomes the program. */
export function spawnOn(
  host: Host,
  program: string,
  given: readonly string[],
  errors: 'inherit' | 'ignore',
): ChildProcess {
  const line = host === undefined ? [program, ...given] : ['ip', 'netns', 'exec', host, program, ...given];
  return spawn(line[0], line.slice(1), { stdio: ['ignore', 'pipe', errors] });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

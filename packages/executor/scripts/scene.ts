/** A server and worker processes on loopback, for the scripts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export async function startServer(port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(process.env.WTILDE_SERVER ?? 'redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout?.setEncoding('utf8');
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => /ready to accept connections/i.test(text) && resolve());
  });
  return child;
}

/** A worker of the tasks of the scripts. */
export async function startWorker(url: string, threads: number, lockMs = 15_000): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./process.ts', import.meta.url));
  return await joined(process.execPath, [program, url, String(threads), String(lockMs)]);
}

/** `wtilde worker`, of one thread. */
export async function startWtildeWorker(url: string): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('../../cli/bin/wtilde.js', import.meta.url));
  return await joined(process.execPath, [program, 'worker', '--connect', url, '--threads', '1']);
}

/** A process that says something once it has joined. */
async function joined(program: string, given: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, given, { stdio: ['ignore', 'pipe', 'ignore'] });
  await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
  return child;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

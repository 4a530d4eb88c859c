import { once } from 'node:events';
import { createServer } from 'node:http';
import { WtildeError } from '@wtilde/core-types';
import type { JoinedWorker } from '@wtilde/executor';

export interface Health {
  /** The port that it serves on: of 0, one that was free. */
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `/health`, which answers while the worker lives, and `/metrics` in the text format of Prometheus. */
export async function serveHealth(port: number, counts: () => JoinedWorker['counts']): Promise<Health> {
  const server = createServer(({ url }, response) => {
    const found = url === '/health' || url === '/metrics';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(url === '/metrics' ? metrics(counts()) : found ? 'ok\n' : 'no such page\n');
  });
  server.listen(port);
  await once(server, 'listening').catch((cause: unknown) => {
    throw new WtildeError('InvalidOption', {
      what: 'the port cannot be listened on',
      where: '--port',
      actual: cause instanceof Error ? cause.message : String(cause),
      remedy: 'name another',
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function metrics({ done, failed, running }: JoinedWorker['counts']): string {
  const lines = [
    ['jobs_done_total', 'counter', done],
    ['jobs_failed_total', 'counter', failed],
    ['jobs_running', 'gauge', running],
  ] as const;
  return lines.map(([name, type, value]) => `# TYPE wtilde_${name} ${type}\nwtilde_${name} ${value}\n`).join('');
}

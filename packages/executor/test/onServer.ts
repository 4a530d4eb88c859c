import { describe, expect, it } from 'vitest';
import { installedServers, type OwnServer, startServer } from '../src/server.js';

/**
 * Registers tests on every kind of server that is installed. Where there is none there is a single test that says so:
 * skipped, or failed where WTILDE_REQUIRE asks for redis.
 */
export function onServer(register: (open: () => Promise<OwnServer>) => void): void {
  const present = installedServers();
  if (present.length === 0) {
    const message = 'neither redis-server nor valkey-server is installed';
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('redis')) it(message, () => expect.fail(message));
    else it.skip(message);
  }
  for (const program of present) describe(program, () => register(() => startServer(program)));
}

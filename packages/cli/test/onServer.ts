import { installedServers, type OwnServer, startServer } from '@wtilde/executor/server';
import { describe, expect, it } from 'vitest';

/**
 * Registers tests on one kind of server that is installed: those of the executor run on every kind. Where there is none there is a single test that says so:
 * skipped, or failed where WTILDE_REQUIRE asks for redis.
 */
export function onServer(register: (open: (settings?: readonly string[]) => Promise<OwnServer>) => void): void {
  const [program] = installedServers();
  if (program === undefined) {
    const message = 'neither redis-server nor valkey-server is installed';
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('redis')) it(message, () => expect.fail(message));
    else it.skip(message);
  } else describe(program, () => register((settings) => startServer(program, settings)));
}

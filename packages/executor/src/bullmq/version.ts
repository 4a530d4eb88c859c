import { WtildeError } from '@wtilde/core-types';
import type { Redis } from 'ioredis';
import { keys } from './names.js';

/** A version that is not renewed leaves after this many seconds. */
const heldSeconds = 60;

/**
 * Holds the version that uses the server, with all others who do. Results of two versions never meet.
 *
 * @returns lets go.
 * @throws InvalidContract where another version uses it.
 */
export async function holdVersion(redis: Redis, version: string): Promise<() => void> {
  await redis.set(keys.version, version, 'EX', heldSeconds, 'NX');
  const present = (await redis.get(keys.version)) ?? version;
  if (present !== version) throw otherVersion(version, present);
  const hold = () => {
    redis.set(keys.version, version, 'EX', heldSeconds).catch(() => {});
  };
  hold();
  const timer = setInterval(hold, (1000 * heldSeconds) / 4);
  timer.unref();
  return () => clearInterval(timer);
}

export function otherVersion(expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what: 'another version of wtilde uses the server',
    where: 'wtilde version',
    expected,
    actual,
    remedy: `install version ${actual} here, or name another database of the server (redis://HOST:PORT/1); a version is let go ${heldSeconds} s after the last who uses it`,
  });
}

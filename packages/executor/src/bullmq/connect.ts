import { WtildeError } from '@wtilde/core-types';
import { Redis } from 'ioredis';
import { shownUrl } from '../parse.js';

/** A connection that comes back after the server does. */
export interface Connection {
  readonly redis: Redis;
  /** Rejects once the server has not answered for so long; never resolves. */
  readonly lost: Promise<never>;
  /** Waits for those who say goodbye, but not for a server that is away, and lets go of every connection made of this. */
  close(goodbye?: () => Promise<unknown>): Promise<void>;
}

/**
 * A server that is asked and says nothing for so long is out of reach, whatever the network says of it: packets may be lost
 * without a word. Longer than the longest question (BullMQ waits 10 s for news) and the sending of a dataset.
 */
const silentMs = 60_000;

/**
 * Connects, and looks whether the server will do.
 *
 * @throws BackendUnavailable where none answers, or one that forgets keys when it is full.
 */
export async function connect(url: string, patienceMs: number): Promise<Connection> {
  let [ready, over] = [false, false];
  const redis = new Redis(url, {
    lazyConnect: true,
    // Commands wait for the server, as BullMQ wants it; who does not want to wait looks at `lost`.
    maxRetriesPerRequest: null,
    socketTimeout: silentMs,
    retryStrategy: (times) => (ready && !over ? Math.min(100 * times, 1000) : null),
  });
  let cause = '';
  redis.on('error', (error: Error) => {
    cause = error.message;
  });
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<never>((_, reject) => {
    redis.on('close', () => {
      if (patienceMs < Number.POSITIVE_INFINITY)
        timer ??= setTimeout(() => reject(noServer(url, cause, patienceMs)), patienceMs);
    });
    redis.on('ready', () => {
      clearTimeout(timer);
      timer = undefined;
    });
  });
  // Whoever waits for something hears of it; between two maps nobody does.
  lost.catch(() => {});
  const close = async (goodbye = async (): Promise<unknown> => undefined) => {
    const said = goodbye().catch(() => {});
    if (redis.status === 'ready') {
      await Promise.race([said, new Promise((resolve) => redis.once('close', resolve))]);
    }
    over = true;
    redis.removeAllListeners('close');
    clearTimeout(timer);
    redis.disconnect();
  };
  try {
    await redis.connect();
    ready = true;
    await requireKeeping(redis, url);
  } catch (error) {
    await close();
    throw error instanceof WtildeError ? error : noServer(url, cause || String(error));
  }
  return { redis, lost, close };
}

/** A server that throws away keys when its memory is full would lose jobs without a word. */
async function requireKeeping(redis: Redis, url: string): Promise<void> {
  const memory = await redis.info('memory');
  const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1] ?? 'noeviction';
  if (policy === 'noeviction') return;
  throw new WtildeError('BackendUnavailable', {
    what: 'the server forgets keys when its memory is full',
    where: shownUrl(url),
    expected: 'maxmemory-policy noeviction',
    actual: policy,
    remedy: 'redis-cli config set maxmemory-policy noeviction',
  });
}

function noServer(url: string, cause: string, patienceMs?: number): WtildeError {
  const since = patienceMs === undefined ? '' : ` for ${patienceMs / 1000} s`;
  return new WtildeError('BackendUnavailable', {
    what: `no server answers${since}`,
    where: shownUrl(url),
    actual: cause,
    remedy:
      patienceMs === undefined
        ? 'start one (redis-server, or the compose file of docs/executor.md), or name another'
        : 'start it again and repeat the command: results that the server has kept are not made again',
  });
}

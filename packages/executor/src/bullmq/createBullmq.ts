import { Queue, QueueEvents } from 'bullmq';
import type { Crew, Executor } from '../executor.js';
import type { ExecutorOptions } from '../executorOptions.js';
import { shownUrl } from '../parse.js';
import { moduleOf } from '../work/openTask.js';
import { encodeWork } from '../work/work.js';
import { connect } from './connect.js';
import { createJobRun } from './jobRun.js';
import { createWithMemory } from './memory.js';
import { keptSeconds, keys, prefix, queueName } from './names.js';
import { holdVersion } from './version.js';

/**
 * Jobs through a server, to whoever joined with `wtilde worker`: BullMQ on Redis 6.2 or later, or Valkey.
 *
 * The server keeps the dataset once, results until the map that asked for them is whole, and of jobs that are done a
 * bounded number: its memory does not grow with their number.
 */
export async function createBullmq(
  url: string,
  { tasks, version, onNote = () => {}, patienceMs = 60_000 }: ExecutorOptions,
): Promise<Executor> {
  const connection = await connect(url, patienceMs);
  const { redis } = connection;
  const withMemory = createWithMemory({ url, patienceMs, onNote });
  let letGo = () => {};
  try {
    letGo = await withMemory(() => holdVersion(redis, version));
  } catch (error) {
    await connection.close();
    throw error;
  }
  const queue = new Queue(queueName, { connection: redis, prefix });
  const events = new QueueEvents(queueName, { connection: redis, prefix });
  // Every map listens to both, and there may be many at once.
  for (const emitter of [events, redis]) emitter.setMaxListeners(0);
  // `lost` tells what is to be told; without a listener Node would end the process.
  queue.on('error', () => {});
  events.on('error', () => {});
  await Promise.race([events.waitUntilReady(), connection.lost]);
  const workers = await queue.getWorkers();
  const threads = workers.map(({ rawname = '' }) => Number(/:w:(\d+)@/.exec(rawname)?.[1] ?? 1));

  return {
    name: `bullmq:${shownUrl(url)}`,
    width: Math.max(
      1,
      threads.reduce((sum, each) => sum + each, 0),
    ),
    async start(work): Promise<Crew> {
      moduleOf(tasks, work.task);
      const { bytes, hash } = encodeWork(work);
      const put = async () => {
        await withMemory(() => redis.set(keys.work(hash), Buffer.from(bytes), 'EX', keptSeconds));
      };
      await Promise.race([put(), connection.lost]);
      const run = createJobRun({ connection, withMemory, queue, events, hash, version, put, onNote });
      return { hash, map: run, close: async () => {} };
    },
    async close() {
      letGo();
      await connection.close(() => Promise.allSettled([events.close(), queue.close()]));
    },
  };
}

/**
 * Memory of the server over many jobs: node scripts/memory.ts writes docs/executor/memory.json. Jobs are those of a search:
 * a point of eight parameters there, an evidence and eight derivatives back.
 */
import { writeFileSync } from 'node:fs';
import { bytesOfNumbers, createExecutor } from '@wtilde/executor';
import { Redis } from 'ioredis';
import { end, serverName, startServer, startWorker } from './scene.ts';

const port = 7414;
const url = `redis://127.0.0.1:${port}`;
const server = await startServer(port);
const workers = [await startWorker(url, 2), await startWorker(url, 2)];
const redis = new Redis(url);
const executor = await createExecutor(`bullmq:${url}`, {
  tasks: { waiting: new URL('./waiting.ts', import.meta.url) },
  version: 'script',
});
const crew = await executor.start({ task: 'waiting', dataset: {}, settings: '' });

async function stateOf(jobs: number) {
  const used = /used_memory:(\d+)/.exec(await redis.info('memory'))?.[1];
  const state = {
    jobs,
    keys: await redis.dbsize(),
    events: await redis.xlen('wtilde:jobs:events'),
    megabytes: Number((Number(used) / 1e6).toFixed(2)),
  };
  console.log(state);
  return state;
}

const batch = 1000;
const measured = [await stateOf(0)];
for (let done = 0; done < 1e5; ) {
  await crew.map(Array.from({ length: batch }, (_, i) => bytesOfNumbers([0, done + i, 1, 2, 3, 4, 5, 6, 7])));
  done += batch;
  if ([1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5].includes(done)) measured.push(await stateOf(done));
}
await executor.close();
redis.disconnect();
for (const worker of workers) await end(worker);
await end(server);
writeFileSync(
  new URL('../../../docs/executor/memory.json', import.meta.url),
  `${JSON.stringify({ server: serverName(), measured }, undefined, 2)}\n`,
);

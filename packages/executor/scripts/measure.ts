/**
 * What a job costs beside its work: node scripts/measure.ts writes docs/executor/measured.json. Run it after `npm run build`,
 * with redis-server (or another, named by WTILDE_SERVER) at hand.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { bytesOfNumbers, createExecutor } from '@wtilde/executor';
import { Redis } from 'ioredis';
import { end, startServer, startWorker } from './scene.ts';

const port = 7411;
const url = `redis://127.0.0.1:${port}`;
const tasks = { waiting: new URL('./waiting.ts', import.meta.url) };
const work = { task: 'waiting', dataset: {}, settings: '' };

/** Microseconds of the server, and bytes that it holds. */
async function stateOf(redis: Redis): Promise<{ readonly cpuMs: number; readonly bytes: number }> {
  const text = `${await redis.info('cpu')}${await redis.info('memory')}`;
  const number = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(text)?.[1]);
  return { cpuMs: 1000 * (number('used_cpu_sys') + number('used_cpu_user')), bytes: number('used_memory') };
}

/** `count` jobs of `ms` each: how they ran beside how they would have, had nothing else taken time. */
async function efficiencyOf(name: string, workers: number, ms: number, count: number) {
  const executor = await createExecutor(name, { tasks, version: 'script' });
  const crew = await executor.start(work);
  const jobs = (salt: number) => Array.from({ length: count }, (_, i) => bytesOfNumbers([ms, i, salt]));
  // Workers fetch their work, threads start.
  await crew.map(jobs(0).slice(0, 4 * workers));
  const started = performance.now();
  await crew.map(jobs(1));
  const tookMs = performance.now() - started;
  await executor.close();
  return { jobMs: ms, workers, jobs: count, efficiency: (ms * count) / workers / tookMs };
}

const server = await startServer(port);
const workers = await Promise.all(Array.from({ length: 4 }, () => startWorker(url, 2)));
const redis = new Redis(url);

const executor = await createExecutor(`bullmq:${url}`, { tasks, version: 'script' });
const crew = await executor.start(work);
const empty = (salt: number, count: number) => Array.from({ length: count }, (_, i) => bytesOfNumbers([0, i, salt]));
await crew.map(empty(0, 1000));
const count = 20_000;
const [before, own, started] = [await stateOf(redis), process.cpuUsage(), performance.now()];
for (let part = 1; part <= 5; part++) await crew.map(empty(part, count / 5));
const after = await stateOf(redis);
const used = process.cpuUsage(own);
const emptyJobs = {
  jobs: count,
  jobsPerSecond: (1000 * count) / (performance.now() - started),
  serverMsPerJob: (after.cpuMs - before.cpuMs) / count,
  callerMsPerJob: (used.user + used.system) / 1000 / count,
  serverGrowthBytesPerJob: (after.bytes - before.bytes) / count,
};
await executor.close();

const efficiencies = [
  { name: 'threads:8', ...(await efficiencyOf('threads:8', 8, 30, 800)) },
  { name: 'threads:8', ...(await efficiencyOf('threads:8', 8, 270, 160)) },
  { name: 'bullmq', ...(await efficiencyOf(`bullmq:${url}`, 8, 30, 800)) },
  { name: 'bullmq', ...(await efficiencyOf(`bullmq:${url}`, 8, 270, 160)) },
];

/** Two workers of one thread share jobs of a second; one is killed. What that costs, beside its share of the work. */
for (const worker of workers.splice(0)) await end(worker);
const [victim, heir] = [await startWorker(url, 1), await startWorker(url, 1)];
const rest = await createExecutor(`bullmq:${url}`, { tasks, version: 'script' });
const last = await rest.start(work);
const killing = Array.from({ length: 8 }, (_, i) => bytesOfNumbers([1000, i, 99]));
let killed = 0;
const onOutcome = (_: unknown, index: number) => {
  if (index !== 1) return;
  killed = performance.now();
  victim.kill('SIGKILL');
};
await last.map(killing, { onOutcome });
const killedWorker = { lockMs: 15_000, tookMsAfterDeath: performance.now() - killed, ofWhichWorkMs: 6000 };
await rest.close();
await end(heir);
redis.disconnect();
for (const worker of workers) await end(worker);
await end(server);

const measured = { node: process.version, cores: cpus().length, emptyJobs, efficiencies, killedWorker };
const file = new URL('../../../docs/executor/measured.json', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, `${JSON.stringify(measured, undefined, 2)}\n`);
console.log(measured);

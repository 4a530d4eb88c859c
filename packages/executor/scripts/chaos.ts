/**
 * Everything at once: node scripts/chaos.ts [ROUNDS] [SEED] kills, freezes and restarts at random, checks every result, and
 * writes docs/executor/chaos-redis.json or, with WTILDE_SERVER=valkey-server, chaos-valkey.json. A round: 4 workers of 2
 * threads, 600 jobs of 50 ms, trouble about every second.
 */
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '@wtilde/data';
import { bytesOfNumbers, createExecutor, numbersOfBytes } from '@wtilde/executor';
import { end, serverName, startServer, startWorker } from './scene.ts';

const [rounds = 10, seed = 1] = process.argv.slice(2).map(Number);
const port = 7412;
const url = `redis://127.0.0.1:${port}`;
const lockMs = 3000;
const [jobMs, jobCount, workerCount, threads] = [50, 600, 4, 2];
const random = createRandom(`chaos ${seed}`);
const below = (count: number) => Math.floor(random.uniform() * count);

async function round(number: number) {
  let server = await startServer(port);
  const workers: ChildProcess[] = [];
  for (let i = 0; i < workerCount; i++) workers.push(await startWorker(url, threads, lockMs));
  const executor = await createExecutor(`bullmq:${url}`, {
    tasks: { waiting: new URL('./waiting.ts', import.meta.url) },
    version: 'script',
  });
  const crew = await executor.start({ task: 'waiting', dataset: {}, settings: String(number) });
  const jobs = Array.from({ length: jobCount }, (_, i) => bytesOfNumbers([jobMs, i, number]));
  const troubles = { killed: 0, frozen: 0, restarted: 0 };
  let over = false;

  const trouble = (async () => {
    while (!over) {
      await wait(500 + 1000 * random.uniform());
      if (over) return;
      const at = below(workerCount);
      const kind = below(5);
      if (kind < 2) {
        troubles.killed += 1;
        await end(workers[at]);
        workers[at] = await startWorker(url, threads, lockMs);
      } else if (kind < 4) {
        troubles.frozen += 1;
        workers[at].kill('SIGSTOP');
        // Some come back before their locks end, some after.
        await wait(2 * lockMs * random.uniform());
        workers[at].kill('SIGCONT');
      } else if (troubles.restarted < 2) {
        troubles.restarted += 1;
        await end(server);
        await wait(1000 * random.uniform());
        server = await startServer(port);
      }
    }
  })();

  const started = performance.now();
  const outcomes = await crew.map(jobs);
  const seconds = (performance.now() - started) / 1000;
  over = true;
  await trouble;
  const wrong = (outcomes ?? []).filter(
    ({ result }, i) => result === undefined || String(numbersOfBytes(result)) !== String([jobMs, i, number]),
  );
  // Why, where a job has been set aside.
  for (const { failure } of wrong) console.log(failure?.message ?? 'another result');
  await executor.close();
  for (const worker of workers) await end(worker);
  await end(server);
  return { ...troubles, seconds: Number(seconds.toFixed(1)), wrong: wrong.length };
}

const results = [];
for (let number = 1; number <= rounds; number++) {
  const result = await round(number);
  results.push(result);
  console.log(number, result);
}
const server = serverName();
const record = { server, jobs: jobCount, jobMs, workers: workerCount, threads, lockMs, seed, rounds: results };
writeFileSync(
  new URL(`../../../docs/executor/chaos-${server.split('-')[0]}.json`, import.meta.url),
  `${JSON.stringify(record, undefined, 2)}\n`,
);
process.exitCode = results.every(({ wrong }) => wrong === 0) ? 0 : 1;

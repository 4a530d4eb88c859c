// A worker in a process of its own, as wtilde worker is: node worker.ts URL THREADS VERSION LOCK_MS
import { createWorker } from '@wtilde/executor';

const [url, threads, version, lockMs] = process.argv.slice(2);
const tasks = { squares: new URL('./squares.ts', import.meta.url) };
const how = { threads: Number(threads), lockMs: Number(lockMs), mostDeaths: 3 };
const worker = await createWorker({ url, tasks, version, ...how });
// Whoever started it holds the other end: nobody waits for a worker that outlived its test.
process.stdin.resume().on('close', () => process.exit(1));
process.on('SIGTERM', async () => {
  await worker.leave();
  process.exit(0);
});
console.log('joined');

// A worker in a process of its own, as wtilde worker is: node worker.ts URL THREADS VERSION LOCK_MS
import { createWorker } from '@wtilde/executor';

const [url, threads, version, lockMs] = process.argv.slice(2);
const tasks = { squares: new URL('./squares.ts', import.meta.url) };
const worker = await createWorker({ url, threads: Number(threads), tasks, version, lockMs: Number(lockMs) });
process.on('SIGTERM', async () => {
  await worker.leave();
  process.exit(0);
});
console.log('joined');

/** A worker in a process of its own: node process.ts URL THREADS LOCK_MS */
import { createWorker } from '@wtilde/executor';

const [url = '', threads = '1', lockMs = '15000'] = process.argv.slice(2);
const tasks = { waiting: new URL('./waiting.ts', import.meta.url) };
await createWorker({ url, threads: Number(threads), tasks, version: 'script', lockMs: Number(lockMs) });
console.log('joined');

/** The program of a worker thread: opens its work once, then runs jobs. */
import { workerData } from 'piscina';
import type { Answer, Started } from './threads/answer.js';
import { factsOf } from './work/failure.js';
import { openTask } from './work/openTask.js';
import { decodeWork, type OpenTask } from './work/work.js';

const { module, bytes, hash }: Started = workerData;
let opened: Promise<OpenTask> | undefined;

/** Runs a job. The threads share the machine: each has a core. */
export default async function run(job: Uint8Array): Promise<Answer> {
  try {
    opened ??= openTask(module, decodeWork({ bytes, hash }), 1);
    const result = await (await opened).run(job);
    return { result };
  } catch (error) {
    return { facts: factsOf(error) };
  }
}

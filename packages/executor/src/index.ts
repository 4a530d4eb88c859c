export { type ArrayRole, arrayRole } from './array/role.js';
export { createWorker, type JoinedWorker, type WorkerOptions } from './bullmq/createWorker.js';
export { createExecutor, type ExecutorOptions } from './createExecutor.js';
export type { Crew, Done, Executor, Failed, HowToRun, Outcome } from './executor.js';
export { serverUrl } from './parse.js';
export { mapReduce } from './reduce.js';
export { pack, unpack } from './work/frame.js';
export { bytesOfNumbers, numbersOfBytes } from './work/numbers.js';
export { contentHash, type OpenTask, type TaskModule, type Tasks, type Work } from './work/work.js';

import { type Backend, WtildeError } from '@wtilde/core-types';
import type { Executor } from '@wtilde/executor';
import { type Io, note } from '../io.js';
import { version } from '../version.js';

/**
 * The package that executes, where somebody installed it: `wtilde` does not grow by it.
 *
 * @throws BackendUnavailable where nobody did.
 */
export async function loadExecutor(importPackage = () => import('@wtilde/executor')) {
  try {
    return await importPackage();
  } catch (cause) {
    // Something else that is missing, such as a dependency of the package, is a reason of its own.
    if (!(cause instanceof Error && cause.message.includes("'@wtilde/executor'"))) throw cause;
    throw new WtildeError('BackendUnavailable', {
      what: '@wtilde/executor is not installed',
      where: 'executor',
      remedy: 'npm install @wtilde/executor beside wtilde',
      cause,
    });
  }
}

/** What the results of an executor depend on beside the work: who has another is refused. */
export function executorVersion(): string {
  return `wtilde ${version()}`;
}

/** The executor of a text, which tells on stderr what one should know while waiting, once. */
export async function executorOf(text: string, io: Io): Promise<Executor> {
  const { createExecutor } = await loadExecutor();
  const { tasks } = await import('../tasks/index.js');
  const told = new Set<string>();
  const onNote = (sentence: string) => {
    if (!told.has(sentence)) note(io, sentence);
    told.add(sentence);
  };
  return await createExecutor(text, { tasks, version: executorVersion(), onNote, env: io.env ?? process.env });
}

/** Does something with the executor of a text, and gives everything back that it holds, whatever happens. */
export async function withExecutor<R>(text: string, io: Io, work: (executor: Executor) => Promise<R>): Promise<R> {
  const executor = await executorOf(text, io);
  try {
    return await work(executor);
  } finally {
    await executor.close();
  }
}

/** Throws PrecisionTooLow for a backend whose results depend on the machine. */
export function requireExact({ id, precision }: Backend): void {
  if (precision === 'float64') return;
  throw new WtildeError('PrecisionTooLow', {
    what: 'work is shared among workers in float64 only',
    where: '--executor',
    expected: 'a float64 backend',
    actual: id,
    remedy: 'leave --backend out, or --executor',
  });
}

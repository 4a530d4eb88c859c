import { WtildeError } from '@wtilde/core-types';
import type { OpenTask, TaskModule, Work } from './work.js';

/** Imports the module of a task and makes it ready. */
export async function openTask(module: string, work: Work, threads?: number): Promise<OpenTask> {
  const imported: unknown = await import(module);
  if (!isTaskModule(imported)) {
    throw new WtildeError('InvalidContract', {
      what: 'the module of the task exports no function open',
      where: `task ${work.task}`,
      actual: module,
      remedy: 'export async function open(work, threads)',
    });
  }
  return await imported.open(work, threads);
}

/** The address of the module of a task; throws InvalidContract for one that is not known. */
export function moduleOf(tasks: Readonly<Record<string, URL>>, task: string): string {
  const module = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  if (module !== undefined) return module.href;
  throw new WtildeError('InvalidContract', {
    what: 'there is no task of this name',
    where: 'task',
    expected: `one of ${Object.keys(tasks).sort().join(', ')}`,
    actual: task,
    remedy: 'run the same version of wtilde everywhere',
  });
}

function isTaskModule(value: unknown): value is TaskModule {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function';
}

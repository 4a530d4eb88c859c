import type { Backend } from '@wtilde/core-types';
import { createDispatcher, type Dispatcher, describeEvent, environmentVariables } from '@wtilde/dispatch';
import { loadAvailable, loadBackend } from '../../backends/load.js';
import type { Io } from '../../io.js';

/** Runs one kernel where nothing else is said. */
const standard = 'loops';

/** The dispatcher of a command, and what it had to say that the caller did not ask for. */
export interface CommandDispatcher {
  readonly dispatcher: Dispatcher;
  readonly notes: readonly string[];
}

/**
 * A dispatcher over the backend that was asked for. Without one, over the loops, or by the rules that the environment
 * sets (WTILDE_DEFAULT_BACKEND, WTILDE_FALLBACK) over all that are available.
 */
export async function commandDispatcher(asked: string | undefined, { env = {} }: Io): Promise<CommandDispatcher> {
  const notes: string[] = [];
  const dispatcher = createDispatcher({
    backends: await backendsFor(asked, env),
    arrayConversion: 'always-host',
    ...(asked === undefined ? { env } : {}),
    onEvent(event) {
      const expected = event.type === 'chosen' || event.type === 'refused' || event.stepOf !== undefined;
      if (!expected) notes.push(describeEvent(event));
    },
  });
  return { dispatcher, notes };
}

async function backendsFor(asked: string | undefined, env: NonNullable<Io['env']>): Promise<readonly Backend[]> {
  if (asked !== undefined) return [await loadBackend(asked)];
  const { default: first, fallback } = environmentVariables;
  if (!env[first] && !env[fallback]) return [await loadBackend(standard)];
  // The first one is the default of a dispatcher.
  const available = await loadAvailable();
  return [...available.filter(({ id }) => id === standard), ...available.filter(({ id }) => id !== standard)];
}

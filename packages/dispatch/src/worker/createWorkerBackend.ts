import {
  type AsyncBackend,
  checkOptionsBy,
  defineAsyncBackend,
  type ElsewhereImplementations,
  isKernelName,
  type OptionRule,
  optionRule,
  WtildeError,
} from '@wtilde/core-types';
import { type Connection, connect, type Ready } from './connection.js';
import type { PortLike } from './port.js';
import { remoteAccumulators } from './remoteAccumulators.js';
import { remoteKernel } from './remoteKernel.js';
import { createTeam } from './team.js';

export interface WorkerBackendOptions {
  /**
   * Milliseconds that may pass until the worker answers at all: until it has loaded its script and calls
   * `serveBackend`. What it then takes to create its backend does not count. Default: 60 000; Infinity waits for ever.
   */
  readonly timeout?: number | undefined;
}

const rules = {
  timeout: optionRule.number('a number of milliseconds above 0', (value) => value > 0),
} satisfies Record<keyof WorkerBackendOptions, OptionRule>;

/**
 * The backend that a worker serves with `serveBackend`, as an asynchronous one: its kernels do not hold up the page.
 * Resolves when the worker has its backend. Results come over without copying; of the arguments, a copy moves: bind what
 * stays the same, and it is sent once.
 *
 * Methods are chosen in the worker, and `appraise` asks it for their costs and limits: a message forth and back. Throws
 * BackendUnavailable where the worker breaks, never answers or speaks another version; `dispose` ends the connection and
 * the backend behind it, the worker itself is its owner's to end.
 */
export async function createWorkerBackend(port: PortLike, options: WorkerBackendOptions = {}): Promise<AsyncBackend> {
  checkOptionsBy(rules, options, 'createWorkerBackend');
  return await together([port], options);
}

/**
 * Workers that serve the same backend, as one backend: {@link createWorkerBackend} over several. A call goes to the
 * worker that waits for the fewest answers; what is bound stays where it was bound, and accumulators live together in one
 * of the workers. Results are, bit for bit, those of one worker.
 *
 * Throws InvalidOption where there is no port, or where the workers serve different backends. Where one of them breaks,
 * its calls and what it keeps end as BackendUnavailable; the others take over what comes.
 */
export async function createWorkerPool(
  ports: readonly PortLike[],
  options: WorkerBackendOptions = {},
): Promise<AsyncBackend> {
  checkOptionsBy(rules, options, 'createWorkerPool');
  if (!Array.isArray(ports) || ports.length === 0) {
    throw new WtildeError('InvalidOption', {
      what: 'there is no worker for the pool',
      where: 'createWorkerPool',
      expected: 'a list of one port or more',
      remedy: 'pass the workers as a list',
    });
  }
  return await together(ports, options);
}

async function together(ports: readonly PortLike[], { timeout = 60_000 }: WorkerBackendOptions): Promise<AsyncBackend> {
  const members: Connection[] = [];
  const team = createTeam(members);
  try {
    for (const port of ports) members.push(connect(port, timeout));
    const [first, ...others] = await Promise.all(members.map(({ ready }) => ready));
    for (const other of others) checkEqual(first, other);
    const { id, precision, info, kernels, accumulates } = first;
    const elsewhere: ElsewhereImplementations = Object.fromEntries(
      Object.entries(kernels)
        .filter(([name]) => isKernelName(name))
        .map(([name, kernel]) => [name, remoteKernel(team, name, kernel)]),
    );
    return defineAsyncBackend({
      id,
      precision,
      info: { ...info, worker: true, ...(ports.length > 1 ? { workers: ports.length } : {}) },
      implementations: {},
      elsewhere,
      ...(accumulates ? { createAccumulator: remoteAccumulators(team) } : {}),
      dispose: () => team.close(),
    });
  } catch (error) {
    team.close();
    throw error;
  }
}

/** Results must not depend on who computes them. */
function checkEqual(one: Ready, other: Ready): void {
  const served = ({ id, precision, info, kernels, accumulates }: Ready) =>
    JSON.stringify([id, precision, info.simd, kernels, accumulates]);
  if (served(one) === served(other)) return;
  const named = ({ id, precision, info: { summary } }: Ready) => `${id}, ${precision}: ${summary}`;
  throw new WtildeError('InvalidOption', {
    what: 'the workers of a pool do not serve the same backend',
    where: 'createWorkerPool',
    expected: named(one),
    actual: named(other),
    remedy: 'start all of them with one script',
  });
}

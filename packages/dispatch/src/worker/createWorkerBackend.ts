import {
  type AsyncBackend,
  checkOptions,
  createValidator,
  isHandle,
  isKernelName,
  type KernelDescriptor,
  kernels,
  type LooseArgs,
  type LooseResult,
  type MethodFacts,
  type Options,
  type Sizes,
  throwIfAborted,
  WtildeError,
} from '@wtilde/core-types';
import { type Connection, connect, type Ready } from './connection.js';
import type { PortLike } from './port.js';
import type { SentOptions } from './protocol.js';

/**
 * The backend that a worker serves with `serveBackend`, as an asynchronous one: its kernels do not hold up the page.
 * Resolves when the worker has answered. Results come over without copying, arguments are copied; bind what stays the
 * same, and it is sent once.
 *
 * Methods are chosen in the worker: what `auto` will be cannot be told from here. Throws BackendUnavailable where the
 * worker breaks; `dispose` ends the connection and the backend behind it, the worker itself is its owner's to end.
 */
export async function createWorkerBackend(port: PortLike): Promise<AsyncBackend> {
  const connection = connect(port);
  const ready = await connection.ready;
  return workerBackend(connection, ready);
}

function workerBackend(connection: Connection, ready: Ready): AsyncBackend;
function workerBackend(connection: Connection, { id, precision, info, kernels: methods }: Ready): object {
  let bounds = 0;
  const implemented = Object.entries(methods).flatMap(([name, names]) =>
    isKernelName(name) ? [[name, workerKernel(connection, id, kernels[name], names, () => ++bounds)] as const] : [],
  );
  return {
    contract: 1,
    id,
    precision,
    mode: 'async',
    info: { ...info, worker: true },
    kernels: Object.fromEntries(implemented),
    dispose: () => connection.close(),
  };
}

/** Costs are functions, and functions do not travel. */
const unknownCost: MethodFacts = { cost: () => ({ flops: Number.NaN, bytes: Number.NaN }) };

function workerKernel(
  connection: Connection,
  backend: string,
  descriptor: KernelDescriptor,
  methods: readonly string[],
  nextBound: () => number,
): object {
  const { name } = descriptor;
  const validator = createValidator(descriptor);

  async function call(args: LooseArgs, options: Options = {}): Promise<LooseResult> {
    checkCall(name, backend, args, options);
    // Checked before anything is copied.
    validator.validate(args, options.check);
    const request = { kernel: name, args, options: sent(options), progress: options.onProgress !== undefined };
    return await connection.call(name, options, (id) => ({ wtilde: 1, type: 'call', id, ...request }));
  }

  function bind(given: LooseArgs): object {
    const fixed = { ...given };
    checkHandles(name, backend, fixed);
    const done = validator.validatePart(fixed);
    const bound = nextBound();
    connection.send({ wtilde: 1, type: 'bind', bound, kernel: name, fixed }, name);
    let over = false;
    const run = async (rest: LooseArgs, options: Options = {}): Promise<LooseResult> => {
      if (over)
        throw new WtildeError('Disposed', {
          what: 'the bound kernel has been disposed of',
          where: name,
          remedy: 'bind again',
        });
      checkCall(name, backend, rest, options);
      // An argument that was bound already is the worker's to refuse, with the error of every bound kernel.
      if (!Object.keys(rest).some((argument) => fixed[argument] !== undefined)) {
        validator.validate({ ...fixed, ...rest }, options.check, done);
      }
      const request = { bound, rest, options: sent(options), progress: options.onProgress !== undefined };
      return await connection.call(name, options, (id) => ({ wtilde: 1, type: 'callBound', id, ...request }));
    };
    const dispose = () => {
      if (!over) connection.tell({ wtilde: 1, type: 'release', bound });
      over = true;
    };
    return Object.assign(run, { dispose });
  }

  function sizesOf(args: LooseArgs): Sizes {
    const { args: ready, sizes } = validator.validate(args, 'shapes');
    const measures = Object.entries(descriptor.measures).map(([measure, { of }]) => [measure, of(ready, sizes)]);
    return { ...sizes, ...Object.fromEntries(measures) };
  }

  const facts = Object.fromEntries(methods.map((method) => [method, unknownCost]));
  return Object.assign(call, { descriptor, methods: facts, bind, sizesOf });
}

/** The values have been looked at on this side. */
function sent({ method, tolerance }: Options): SentOptions {
  return { method, tolerance, check: 'shapes' };
}

function checkCall(name: string, backend: string, args: LooseArgs, options: Options): void {
  checkOptions(options, name);
  throwIfAborted(options.signal, name);
  checkHandles(name, backend, args);
}

function checkHandles(name: string, backend: string, args: LooseArgs): void {
  for (const [argument, value] of Object.entries(args ?? {})) {
    if (!isHandle(value)) continue;
    throw new WtildeError('ForeignHandle', {
      what: 'the array lives on another backend',
      where: `${name}(${argument})`,
      expected: `a host array: ${backend} runs in a worker`,
      actual: `a handle of ${value.backend}`,
      remedy: 'pass await handle.toHost()',
    });
  }
}

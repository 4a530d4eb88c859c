import {
  type AsyncBackend,
  checkOptions,
  checkOptionsBy,
  copiedArguments,
  createValidator,
  isHandle,
  isKernelName,
  type KernelDescriptor,
  kernels,
  type LooseArgs,
  type LooseResult,
  type MethodFacts,
  type OptionRule,
  type Options,
  optionRule,
  plainArguments,
  type Sizes,
  throwIfAborted,
  WtildeError,
} from '@wtilde/core-types';
import { type Connection, connect, type Ready } from './connection.js';
import type { PortLike } from './port.js';
import type { SentOptions } from './protocol.js';

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
 * Methods are chosen in the worker: what `auto` will be cannot be told from here. Throws BackendUnavailable where the
 * worker breaks, never answers or speaks another version; `dispose` ends the connection and the backend behind it, the
 * worker itself is its owner's to end.
 */
export async function createWorkerBackend(port: PortLike, options: WorkerBackendOptions = {}): Promise<AsyncBackend> {
  checkOptionsBy(rules, options, 'createWorkerBackend');
  const connection = connect(port, options.timeout ?? 60_000);
  const ready = await connection.ready;
  return workerBackend(connection, ready);
}

function workerBackend(connection: Connection, ready: Ready): AsyncBackend;
function workerBackend(connection: Connection, { id, precision, info, kernels: methods }: Ready): object {
  const implemented = Object.entries(methods).flatMap(([name, names]) =>
    isKernelName(name) ? [[name, workerKernel(connection, id, kernels[name], names)] as const] : [],
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
): object {
  const { name } = descriptor;
  const validator = createValidator(descriptor);

  async function call(given: LooseArgs, asked: Options = {}): Promise<LooseResult> {
    const options = takeOptions(asked);
    const plain = takeArguments(given);
    // Checked before anything is copied.
    validator.validate(plain, options.check);
    const { args, buffers } = parcel(plain);
    const request = {
      kernel: name,
      args,
      options: sent(options, 'shapes'),
      progress: options.onProgress !== undefined,
    };
    return await connection.call(name, options, buffers, (id) => ({ wtilde: 1, type: 'call', id, ...request }));
  }

  function bind(given: LooseArgs): object {
    const fixed = takeArguments(given);
    validator.validatePart(fixed);
    const bound = connection.newId();
    const { args, buffers } = parcel(fixed);
    connection.send({ wtilde: 1, type: 'bind', bound, kernel: name, fixed: args }, name, buffers);
    let over = false;
    const run = async (rest: LooseArgs, asked: Options = {}): Promise<LooseResult> => {
      if (over)
        throw new WtildeError('Disposed', {
          what: 'the bound kernel has been disposed of',
          where: name,
          remedy: 'bind again',
        });
      const options = takeOptions(asked);
      const plain = takeArguments(rest);
      // An argument that was bound already is the worker's to refuse, with the error of every bound kernel.
      if (!Object.keys(plain).some((argument) => fixed[argument] !== undefined)) {
        // The values of what is bound are in the worker; here its owner may have changed them.
        validator.validate({ ...fixed, ...plain }, 'shapes');
      }
      const { args, buffers } = parcel(plain);
      const request = {
        bound,
        rest: args,
        options: sent(options, options.check),
        progress: options.onProgress !== undefined,
      };
      return await connection.call(name, options, buffers, (id) => ({ wtilde: 1, type: 'callBound', id, ...request }));
    };
    const dispose = () => {
      if (!over) connection.tell({ wtilde: 1, type: 'release', bound });
      over = true;
    };
    return Object.assign(run, { dispose });
  }

  function takeOptions(asked: Options): Options {
    const options = checkOptions(asked, name);
    throwIfAborted(options.signal, name);
    return options;
  }

  function takeArguments(given: LooseArgs): LooseArgs {
    const plain = plainArguments(descriptor, given);
    for (const [argument, value] of Object.entries(plain)) {
      if (!isHandle(value)) continue;
      throw new WtildeError('ForeignHandle', {
        what: 'the array lives on another backend',
        where: `${name}(${argument})`,
        expected: `a host array: ${backend} runs in a worker`,
        actual: `a handle of ${value.backend}`,
        remedy: 'pass await handle.toHost()',
      });
    }
    return plain;
  }

  function sizesOf(args: LooseArgs): Sizes {
    const { args: ready, sizes } = validator.validate(args, 'shapes');
    const measures = Object.entries(descriptor.measures).map(([measure, { of }]) => [measure, of(ready, sizes)]);
    return { ...sizes, ...Object.fromEntries(measures) };
  }

  const facts = Object.fromEntries(methods.map((method) => [method, unknownCost]));
  return Object.assign(call, { descriptor, methods: facts, bind, sizesOf });
}

/** @param check what is left to look at in the worker */
function sent({ method, tolerance }: Options, check: Options['check']): SentOptions {
  return { method, tolerance, check };
}

/**
 * Copies that move to the worker: its own from then on, whatever the caller does to its arrays. Cloning instead would
 * take the whole buffer of a view, share what is shared, and copy twice.
 */
function parcel(plain: LooseArgs): { readonly args: LooseArgs; readonly buffers: readonly ArrayBuffer[] } {
  const args = copiedArguments(plain);
  const buffers = Object.values(args).flatMap((value) =>
    typeof value === 'object' && 'data' in value && value.data.buffer instanceof ArrayBuffer ? [value.data.buffer] : [],
  );
  return { args, buffers };
}

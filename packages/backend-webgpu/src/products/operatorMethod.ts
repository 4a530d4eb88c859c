import { type CallOf, type Cost, type DType, type RunContext, type Sizes, throwIfAborted } from '@wtilde/core-types';
import type { Lease } from '../device/bufferPool.js';
import type { Device } from '../device/device.js';
import type { DeviceArray } from '../device/deviceArray.js';
import { fits } from '../device/fits.js';
import type { Argument } from '../device/hostArray.js';
import { keep } from '../device/kept.js';
import type { Step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { type Blockwise, blocksOf, inBlocks, type LeftProduct } from './curvature.js';
import {
  type ColumnBuffers,
  columnBuffers,
  keepColumns,
  type MappingArgs,
  type MappingColumns,
  mappingColumns,
} from './mappingColumns.js';

type Arrays = Readonly<Record<string, Argument<DType>>>;

/** What W is made of, on the device. */
type ArraysOnDevice = Readonly<Record<string, DeviceArray>>;

/** The arguments of a kernel that W is made of. */
export interface OperatorSource<A> {
  readonly from: readonly (keyof A & string)[];
  arrays(args: A): Arrays;
}

/** One way to P = T^t W for a sparse T. */
export interface Strategy {
  cost(sizes: Sizes): Cost;
  /** Why it cannot be, whatever the memory. */
  refusal?(sizes: Sizes): string | undefined;
  /** 32-bit words of what it needs beside P. */
  words(sizes: Sizes): Readonly<Record<string, number>>;
  /** What is made of the arrays once, for as long as they stay: results of the scope. */
  prepare?(scope: Scope, arrays: ArraysOnDevice, sizes: Sizes): Promise<ArraysOnDevice>;
  /**
   * @param arrays those of W and those that were prepared
   * @param memory for the time of a block of rows
   */
  left(scope: Scope, arrays: ArraysOnDevice, T: ColumnBuffers, sizes: Sizes, memory: Memory): LeftProduct;
}

/** Scratch memory by a label. */
type Memory = (label: string, words: number) => Lease;

/** What a kernel makes of P, one block of rows after the other. */
export interface Product<A, R> {
  /** Beside that of P. */
  cost(sizes: Sizes): Cost;
  /** 32-bit words that it needs. */
  words(sizes: Sizes): Readonly<Record<string, number>>;
  start(scope: Scope, context: RunContext, left: LeftProduct, T: ColumnBuffers, args: A): Promise<Blockwise<R>>;
}

/** Runs a product by a strategy. */
export async function runProduct<A, R>(
  device: Device,
  kernel: string,
  context: RunContext,
  strategy: Strategy,
  product: Product<A, R>,
  args: A,
  { arrays, columns, prepared }: { arrays: Arrays; columns: MappingColumns; prepared?: Arrays | undefined },
): Promise<R> {
  return await device.scoped(kernel, async (scope) => {
    const W = onDevice(scope, arrays);
    const made = prepared === undefined ? await strategy.prepare?.(scope, W, context.sizes) : onDevice(scope, prepared);
    const T = columnBuffers(scope, columns);
    const left = strategy.left(scope, { ...W, ...made }, T, context.sizes, sharedMemory(scope));
    return await inBlocks(scope, kernel, context, left, await product.start(scope, context, left, T, args));
  });
}

/** Operations of a submission, at most, where it holds several calls: drivers end one that takes seconds. */
const mostFlops = 2e11;

/** One of several calls with the same W. */
interface Many<A> {
  readonly args: A;
  readonly context: RunContext;
  readonly arrays: Arrays;
  readonly columns: MappingColumns;
  readonly prepared: Arrays | undefined;
}

/** Runs several products one after the other on the device, in one submission or as few as their operations allow. */
async function runProducts<A, R>(
  device: Device,
  kernel: string,
  strategy: Strategy,
  product: Product<A, R>,
  calls: readonly Many<A>[],
): Promise<readonly R[]> {
  return await device.scoped(kernel, async (scope) => {
    const memory = sharedMemory(scope);
    const finishes: (() => Promise<R>)[] = [];
    let steps: Step[] = [];
    let flops = 0;
    const submit = async () => {
      await scope.submit('products', steps);
      steps = [];
      flops = 0;
    };
    for (const { args, context, arrays, columns, prepared } of calls) {
      const { sizes, options } = context;
      const W = onDevice(scope, arrays);
      const made = prepared === undefined ? await strategy.prepare?.(scope, W, sizes) : onDevice(scope, prepared);
      const T = columnBuffers(scope, columns);
      const left = strategy.left(scope, { ...W, ...made }, T, sizes, memory);
      const { each, finish } = await product.start(scope, context, left, T, args);
      const cost = (strategy.cost(sizes).flops ?? 0) + (product.cost(sizes).flops ?? 0);
      for (const block of blocksOf(scope, sizes, left, each, (words) => memory('P', words))) {
        if (steps.length > 0 && flops > mostFlops) await submit();
        throwIfAborted(options.signal, kernel);
        steps.push(...block.steps);
        flops += (cost * block.count) / sizes.S;
      }
      finishes.push(finish);
    }
    await submit();
    return await Promise.all(finishes.map((finish) => finish()));
  });
}

/** The calls in groups whose arrays are in a quarter of the memory together. */
function together<A, R>({ pool }: Device, { words }: Product<A, R>, calls: readonly Many<A>[]): readonly Many<A>[][] {
  const groups: Many<A>[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const call of calls) {
    const { sizes } = call.context;
    const own = 4 * Object.values(words(sizes)).reduce((sum, count) => sum + count, 2 * sizes.M * sizes.B + sizes.S);
    if (bytes + own > pool.budget / 4) {
      groups.push([]);
      bytes = 0;
    }
    groups[groups.length - 1].push(call);
    bytes += own;
  }
  return groups;
}

/** Memory that those who follow each other on the device have in common. */
function sharedMemory(scope: Scope): Memory {
  const shared = new Map<string, Lease>();
  return (label, words) => {
    const before = shared.get(label);
    if (before !== undefined && before.bytes >= 4 * words) return before;
    const lease = scope.scratch(label, words);
    shared.set(label, lease);
    return lease;
  };
}

/** Whether a product fits the device, by a strategy. */
function productFits<A, R>(
  device: Device,
  { refusal, words }: Pick<Strategy, 'refusal' | 'words'>,
  product: Pick<Product<A, R>, 'words'>,
  sizes: Sizes,
): true | string {
  return refusal?.(sizes) ?? fits(device, { ...words(sizes), ...product.words(sizes), 'a row of P': sizes.M });
}

/** A product by a strategy as a method of a kernel. Binding keeps W, what is prepared of it, and the mapping on the device. */
export function operatorMethod<A extends MappingArgs, R>(
  device: Device,
  kernel: string,
  source: OperatorSource<A>,
  strategy: Strategy,
  product: Product<A, R>,
) {
  return {
    cost(sizes: Sizes): Cost {
      const [left, rest] = [strategy.cost(sizes), product.cost(sizes)];
      return { flops: (left.flops ?? 0) + (rest.flops ?? 0), bytes: left.bytes + rest.bytes };
    },
    canRun: (sizes: Sizes) => productFits(device, strategy, product, sizes),
    run: async (args: A, context: RunContext) =>
      runProduct(device, kernel, context, strategy, product, args, {
        arrays: source.arrays(args),
        columns: await mappingColumns(args),
      }),
    bind(args: A, fixed: ReadonlySet<string>) {
      const kept = keep(device, kernel, (stay) => ({
        arrays: source.from.every((name) => fixed.has(name)) ? mapped(source.arrays(args), stay) : undefined,
        columns: keepColumns(stay, args, fixed),
      }));
      const { arrays, columns } = kept.value;
      const prepared = once(async (sizes: Sizes) =>
        arrays === undefined || strategy.prepare === undefined
          ? undefined
          : await prepareToStay(device, kernel, strategy, arrays, sizes),
      );
      const partsOf = async (rest: A, sizes: Sizes) => ({
        arrays: arrays ?? source.arrays(rest),
        columns: columns ?? (await mappingColumns(rest)),
        prepared: await prepared.get(sizes),
      });
      return {
        run: async (rest: A, context: RunContext) =>
          runProduct(device, kernel, context, strategy, product, rest, await partsOf(rest, context.sizes)),
        async runMany(calls: readonly CallOf<A>[]) {
          const parts = await Promise.all(calls.map(({ args, context }) => partsOf(args, context.sizes)));
          const results: R[] = [];
          for (const group of together(
            device,
            product,
            calls.map((call, at) => ({ ...call, ...parts[at] })),
          )) {
            results.push(...(await runProducts(device, kernel, strategy, product, group)));
          }
          return results;
        },
        dispose() {
          kept.dispose();
          prepared.forget((made = {}) => {
            for (const array of Object.values(made)) array.dispose();
          });
        },
      };
    },
  };
}

/** Prepares for a bound kernel: the arrays are its own until it is disposed of. */
async function prepareToStay(device: Device, kernel: string, strategy: Strategy, arrays: Arrays, sizes: Sizes) {
  return await device.scoped(kernel, async (scope) => {
    const prepared = await strategy.prepare?.(scope, onDevice(scope, arrays), sizes);
    for (const array of Object.values(prepared ?? {})) await scope.finish(array, { keep: 'device' });
    return prepared;
  });
}

/** Makes something when it is first needed, and again where that failed. */
function once<A, T>(make: (given: A) => Promise<T>) {
  let made: Promise<T> | undefined;
  return {
    async get(given: A): Promise<T> {
      const making = made ?? make(given);
      made = making;
      try {
        return await making;
      } catch (error) {
        made = undefined;
        throw error;
      }
    },
    forget(dispose: (value: T) => void): void {
      made?.then(dispose, () => undefined);
    },
  };
}

function onDevice(scope: Scope, arrays: Arrays): ArraysOnDevice {
  return mapped(arrays, (name, array) => scope.argument(name, array));
}

function mapped<R>(arrays: Arrays, of: (name: string, array: Argument<DType>) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, of(name, array)]));
}

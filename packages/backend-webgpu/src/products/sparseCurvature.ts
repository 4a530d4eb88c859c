import type { DType, MethodFacts, RunContext, Sizes } from '@wtilde/core-types';
import type { Device } from '../device/device.js';
import type { DeviceArray } from '../device/deviceArray.js';
import type { Argument } from '../device/hostArray.js';
import { keep } from '../device/kept.js';
import { linearGroups, step } from '../device/program.js';
import type { Scope } from '../device/scope.js';
import { matmulByColumns } from '../programs/matmulByColumns.js';
import { type CurvatureProduct, curvature } from './curvature.js';
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
export type ArraysOnDevice = Readonly<Record<string, DeviceArray>>;

/** The arguments of a kernel that W is made of. */
export interface OperatorSource<A> {
  readonly from: readonly (keyof A & string)[];
  arrays(args: A): Arrays;
}

/** One way to P = T^t W for a sparse T. */
export interface Strategy extends Required<Pick<MethodFacts, 'cost' | 'canRun'>> {
  /** What is made of the arrays once, for as long as they stay: results of the scope. */
  prepare?(scope: Scope, arrays: ArraysOnDevice, sizes: Sizes): Promise<ArraysOnDevice>;
  /**
   * @param arrays those of W and those that were prepared
   * @returns `exponent` is that of P
   */
  left(scope: Scope, arrays: ArraysOnDevice, T: ColumnBuffers, sizes: Sizes): Omit<CurvatureProduct, 'right'>;
}

/** F = T^t W T of a sparse T, one block of rows of T^t W after the other. */
export async function sparseCurvature(
  device: Device,
  kernel: string,
  context: RunContext,
  strategy: Strategy,
  arrays: Arrays,
  columns: MappingColumns,
  prepared?: Arrays,
) {
  const { M, S } = context.sizes;
  return await device.scoped(kernel, async (scope) => {
    const W = onDevice(scope, arrays);
    const made = prepared === undefined ? await strategy.prepare?.(scope, W, context.sizes) : onDevice(scope, prepared);
    const T = columnBuffers(scope, columns);
    const left = strategy.left(scope, { ...W, ...made }, T, context.sizes);
    return await curvature(scope, kernel, context, {
      ...left,
      exponent: left.exponent + T.exponent,
      right: (first, count, P, F) =>
        step(
          matmulByColumns,
          { first, lines: count, imagePixels: M, pixels: S },
          { ...T.buffers, matrix: P, out: F },
          linearGroups(count * S),
        ),
    });
  });
}

/** The strategy as a method of a kernel. Binding keeps W, what is prepared of it, and the mapping on the device. */
export function sparseCurvatureMethod<A extends MappingArgs>(
  device: Device,
  kernel: string,
  source: OperatorSource<A>,
  strategy: Strategy,
) {
  const { cost, canRun } = strategy;
  return {
    cost,
    canRun,
    run: async (args: A, context: RunContext) =>
      sparseCurvature(device, kernel, context, strategy, source.arrays(args), await mappingColumns(args)),
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
      return {
        run: async (rest: A, context: RunContext) =>
          sparseCurvature(
            device,
            kernel,
            context,
            strategy,
            arrays ?? source.arrays(rest),
            columns ?? (await mappingColumns(rest)),
            await prepared.get(context.sizes),
          ),
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

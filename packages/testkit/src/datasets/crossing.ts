/** Datasets beyond the blocks, powers of two and index widths that an implementation may work in. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  allKernels,
  type Backend,
  isKernelName,
  type KernelDescriptor,
  type KernelName,
  kernelOf,
  lanes,
  parseDim,
  type Sizes,
  sizeOf,
} from '@wtilde/core-types';
import { symbolsOfKernel } from '../checks/extents.js';
import { shapeOf } from '../contract/values.js';
import { sizingOf } from '../plan/sizing.js';
import type { TestDataset } from './dataset.js';
import { withInvented } from './invent.js';
import { sizedFields, sizesWith } from './sizedFields.js';

/** A dataset that is large in one symbol and small in every other. */
export interface CrossingDataset extends TestDataset {
  readonly symbol: string;
  readonly size: number;
  /** The kernels for which the reference affords no larger size of the symbol. */
  readonly kernels: readonly KernelName[];
}

/** What one kernel at one size may cost: some tens of milliseconds of the reference, a few megabytes. */
const most = { flops: 2.2e7, numbers: 5e5 };

/** Lists are made to cross the width of 16-bit indices; no side of a matrix is ever as long. */
const largestPowers = { list: 16, side: 10 };

/**
 * A dataset for every symbol of every kernel: the symbol as large as the reference affords, everything else small.
 * Kernels that afford the same share it. Each size is a prime a few percent above a power of two, so that it is a
 * multiple of no block and leaves the last one neither full nor nearly empty.
 */
export function crossingDatasets(
  kernels: readonly KernelDescriptor[] = allKernels(),
  reference: Backend = createReferenceBackend(),
): readonly CrossingDataset[] {
  const found = new Map<string, Found>();
  for (const kernel of kernels) {
    if (!isKernelName(kernel.name)) continue;
    for (const symbol of symbolsOfKernel(kernel)) {
      const largest = largestAfforded(kernel, symbol, reference, found);
      if (largest === undefined) continue;
      const users = found.get(largest.dataset.name)?.users ?? [];
      found.set(largest.dataset.name, { ...largest, users: [...users, kernel.name] });
    }
  }
  return [...found.values()].map(({ dataset, users, ...size }) => ({ ...dataset, ...size, kernels: users }));
}

/** A crossing dataset in the making. */
interface Found {
  readonly dataset: TestDataset;
  readonly symbol: string;
  readonly size: number;
  readonly users: readonly KernelName[];
}

/** A dataset for one kernel at one size of one symbol. */
export function sizedDataset(kernel: KernelDescriptor, symbol: string, size: number): TestDataset {
  const sizes = sizesFor(kernel, symbol, size);
  const name = nameOf(kernel, symbol, size);
  const dataset = { name, doc: `${symbol} as said, all else small`, fields: sizedFields(sizes, name) };
  return withInvented(dataset, [kernel], sizes);
}

function largestAfforded(
  kernel: KernelDescriptor,
  symbol: string,
  reference: Backend,
  found: ReadonlyMap<string, Found>,
): Omit<Found, 'users'> | undefined {
  for (let power = largestPowers[isListed(kernel, symbol) ? 'list' : 'side']; power > 2; power--) {
    const size = primeAbove(1.03 * 2 ** power);
    if (!affords(kernel, symbol, size, reference)) continue;
    const known = found.get(nameOf(kernel, symbol, size))?.dataset;
    const dataset =
      known === undefined
        ? sizedDataset(kernel, symbol, size)
        : withInvented(known, [kernel], sizesFor(kernel, symbol, size));
    // With what those inputs cost that are results of other kernels.
    const { flops = Number.POSITIVE_INFINITY } = sizingOf(kernel, dataset, reference) ?? {};
    if (flops <= most.flops) return { dataset, symbol, size };
  }
  return undefined;
}

function affords(kernel: KernelDescriptor, symbol: string, size: number, reference: Backend): boolean {
  const sizes = sizesFor(kernel, symbol, size);
  const methods = Object.values(kernelOf(reference, kernel.name)?.methods ?? {});
  return (
    numbersOf(kernel, sizes) <= most.numbers &&
    methods.some(({ cost }) => (cost?.(sizes).flops ?? Number.POSITIVE_INFINITY) <= most.flops)
  );
}

/** Whether the symbol is all that sets the length of some array. */
function isListed(kernel: KernelDescriptor, symbol: string): boolean {
  return arraysOf(kernel).some(({ dims }) => dims.flatMap((dim) => parseDim(dim).symbol ?? []).join() === symbol);
}

/** How many numbers the arrays of a call hold, the result among them. */
function numbersOf(kernel: KernelDescriptor, sizes: Sizes): number {
  return arraysOf(kernel).reduce((sum, { dtype, dims }) => sum + lanes(dtype) * sizeOf(shapeOf(dims, sizes)), 0);
}

function arraysOf({ params, returns }: KernelDescriptor) {
  return [...Object.values(params), returns].flatMap((each) => (each.kind === 'array' ? [each] : []));
}

/** With three of every symbol that no other kernel has. */
function sizesFor(kernel: KernelDescriptor, symbol: string, size: number): Sizes {
  const own = Object.fromEntries(symbolsOfKernel(kernel).map((name) => [name, 3]));
  return { ...own, ...sizesWith(symbol, size, hasSubPixels(kernel)) };
}

/** Whose rows are sub-pixels: the same argument has another extent there. */
function hasSubPixels(kernel: KernelDescriptor): boolean {
  return symbolsOfKernel(kernel).includes('Msub');
}

function nameOf(kernel: KernelDescriptor, symbol: string, size: number): string {
  return `${symbol} = ${size}${hasSubPixels(kernel) ? ', sub-pixels' : ''}`;
}

function primeAbove(least: number): number {
  let candidate = Math.ceil(least);
  while (!isPrime(candidate)) candidate += 1;
  return candidate;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor ** 2 <= value; divisor++) if (value % divisor === 0) return false;
  return value > 1;
}

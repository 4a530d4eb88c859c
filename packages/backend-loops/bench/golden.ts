/**
 * Every kernel on the golden cases: as it chooses its method and by every other method, backend-reference beside it,
 * and python-autojax's Numba on two threads.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, type KernelDescriptor, type LooseArgs, type LooseSyncKernel } from '@wtilde/core-types';
import { fieldsFromNpz } from '@wtilde/data';
import { looseKernel } from '../test/looseKernels.ts';
import { argumentsFor, boundMedian, methodOf } from './bound.ts';
import { numbaOf } from './peers.ts';
import { backend, resolverOf } from './problems.ts';
import type { Measured, Peer } from './row.ts';

/** The reference is left out where one call takes more operations than this. */
const referenceBudget = 5e8;

/** Methods that are not the chosen one are left out where one call is estimated to take longer, in nanoseconds. */
const methodBudget = 1e9;

const reference = createReferenceBackend();

/** The rows of one file: per kernel the one chosen, with its peers, then the other methods. */
export function goldenRows(file: string): Measured[] {
  const name = basename(file, '.npz');
  const resolver = resolverOf(fieldsFromNpz(readFileSync(file)));
  return allKernels().flatMap((descriptor) => {
    const args = argumentsFor(resolver, descriptor);
    return args === undefined ? [] : rowsOf(name, descriptor, args);
  });
}

function rowsOf(section: string, descriptor: KernelDescriptor, args: LooseArgs): Measured[] {
  const kernel = looseKernel(backend, descriptor.name);
  const sizes = kernel.sizesOf(args);
  const chosen = methodOf(kernel, args);
  const others = Object.entries(kernel.methods).filter(([method, { cost, canRun }]) => {
    const able = (canRun?.(sizes, {}) ?? true) === true;
    return method !== chosen && able && (cost(sizes).time ?? 0) < methodBudget;
  });
  const named = { section, name: descriptor.upstream };
  return [
    {
      ...named,
      method: chosen,
      ms: boundMedian(kernel, args),
      referenceMs: referenceTime(looseKernel(reference, descriptor.name), args),
      peers: numba(section, descriptor, descriptor.upstream),
    },
    ...others.map(([method]) => ({
      ...named,
      method,
      ms: boundMedian(kernel, args, { method, rounds: 5, budget: 200 }),
      peers: numba(section, descriptor, directNames.get(`${descriptor.name} ${method}`)),
    })),
  ];
}

/** Numba has one kernel more for the same thing, which is a method of ours. */
const directNames: ReadonlyMap<string, string> = new Map([
  [
    'curvatureMatrixViaWCompactSparseMappingMatrixFrom direct',
    'curvature_matrix_via_w_compact_sparse_mapping_matrix_direct_from',
  ],
]);

function referenceTime(kernel: LooseSyncKernel, args: LooseArgs): number | undefined {
  const [method] = Object.values(kernel.methods);
  const { flops = Number.POSITIVE_INFINITY } = method.cost(kernel.sizesOf(args));
  return flops > referenceBudget ? undefined : boundMedian(kernel, args, { rounds: 3, budget: 200 });
}

function numba(golden: string, { returns }: KernelDescriptor, upstream = ''): Peer[] {
  const ms = numbaOf(golden, upstream);
  const transform = returns.kind === 'array' && returns.numericClass === 'transform';
  const loop = transform ? 'directCosines' : 'matrixProduct';
  return ms === undefined ? [] : [{ who: 'numba, 2 threads', ms, loop }];
}

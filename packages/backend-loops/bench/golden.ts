/**
 * Every kernel on the golden cases: backend-reference, backend-loops, and python-autojax's Numba on two threads, scaled
 * to this machine. Arguments bound, `check: 'shapes'`, medians. Usage: node bench/golden.ts CASE.npz ...
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels, isWtildeError, type KernelDescriptor, type LooseArgs, type LooseResult } from '@wtilde/core-types';
import { createResolver, fieldsFromNpz } from '@wtilde/data';
import { createLoopsBackend } from '../dist/index.js';
import peers from './peers.json' with { type: 'json' };
import { calibrate, median } from './timing.ts';

interface LooseKernel {
  (args: LooseArgs, options?: object): LooseResult;
  bind(fixed: LooseArgs): ((rest: LooseArgs, options?: object) => LooseResult) & { dispose(): void };
}

/** The reference is left out where one call takes longer than this many operations. */
const referenceBudget = 5e8;

const loops: Readonly<Record<string, LooseKernel>> = createLoopsBackend().kernels;
const reference = createReferenceBackend().kernels;
const referenceKernels: Readonly<Record<string, LooseKernel>> = reference;
const here = calibrate();
console.log(`calibration: ${JSON.stringify(here)}, peers' machine ${JSON.stringify(peers.calibration)}`);

for (const file of process.argv.slice(2)) {
  const name = basename(file, '.npz');
  const resolver = createResolver(fieldsFromNpz(readFileSync(file)), (kernel, args) => loops[kernel](args));
  const numba: Readonly<Record<string, { numba: number | null }>> | undefined = Object.entries(peers.golden).find(
    ([key]) => key === name,
  )?.[1];
  console.log(
    `\n| ${name} | loops ms | reference / loops | Numba ms, calibrated | Numba / loops |\n|---|---|---|---|---|`,
  );
  for (const kernel of allKernels()) {
    const args = argumentsOf(resolver, kernel);
    if (args === undefined) continue;
    const ours = boundMedian(loops[kernel.name], args);
    const { flops } = reference[kernel.name as keyof typeof reference].methods.direct.cost(sizesOf(kernel, args));
    const plain = flops > referenceBudget ? undefined : boundMedian(referenceKernels[kernel.name], args);
    const peer = numba?.[kernel.upstream]?.numba ?? undefined;
    const scaled = peer === undefined ? undefined : peer * scaleOf(kernel);
    console.log(
      `| ${kernel.upstream} | ${show(ours)} | ${ratio(plain, ours)} | ${show(scaled)} | ${ratio(scaled, ours)} |`,
    );
  }
}

function argumentsOf(resolver: { argumentsOf(kernel: KernelDescriptor): LooseArgs }, kernel: KernelDescriptor) {
  try {
    return resolver.argumentsOf(kernel);
  } catch (error) {
    if (isWtildeError(error, 'MissingArgument')) return undefined;
    throw error;
  }
}

/** What stays the same from call to call is bound; the mapping, which a lens model changes, is not. */
function boundMedian(kernel: LooseKernel, args: LooseArgs): number {
  const changing = ['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels'];
  const entries = Object.entries(args);
  const bound = kernel.bind(Object.fromEntries(entries.filter(([name]) => !changing.includes(name))));
  const rest = Object.fromEntries(entries.filter(([name]) => changing.includes(name)));
  const time = median(() => bound(rest, { check: 'shapes' }));
  bound.dispose();
  return time;
}

function sizesOf(kernel: KernelDescriptor, args: LooseArgs) {
  return Reflect.get(loops[kernel.name], 'sizesOf')(args);
}

/** Transforms are scaled by the loop over cosines, everything else by the matrix product. */
function scaleOf({ returns }: KernelDescriptor): number {
  const transform = returns.kind === 'array' && returns.numericClass === 'transform';
  const loop = transform ? 'directCosines' : 'matrixProduct';
  return here[loop] / peers.calibration[loop];
}

function show(ms: number | undefined): string {
  return ms === undefined ? '-' : ms.toPrecision(3);
}

function ratio(other: number | undefined, ours: number): string {
  return other === undefined ? '-' : (other / ours).toFixed(1);
}

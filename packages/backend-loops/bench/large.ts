/** The sizes of science: transforms of many visibilities, F and evidences of large images, factorizations. */
import { findKernel } from '@wtilde/core-types';
import { almaLike, type Fields, generated } from '@wtilde/data';
import { looseKernel } from '../test/looseKernels.ts';
import { boundMedian, mapping, mesh, methodOf } from './bound.ts';
import { peersOf } from './peers.ts';
import { backend, resolverOf, system, weighted } from './problems.ts';
import type { Measured } from './row.ts';
import { median } from './timing.ts';

export const section = 'larger sizes';

const { kernels } = backend;

/** Few calls: each takes long enough to be measured well. */
const few = { rounds: 5, budget: 1500 };

function row(name: string, method: string, ms: number): Measured {
  return { section, name, method, ms, peers: peersOf(name) };
}

/** W by displacement for image side N, visibilities K and a tolerance. */
export function wCompactRows(): Measured[] {
  const cases: readonly (readonly [name: string, N: number, K: number, tolerance: number])[] = [
    ['w_compact N=30 K=1e3 1e-12', 30, 1e3, 1e-12],
    ['w_compact N=70 K=1e5 1e-12', 70, 1e5, 1e-12],
    ['w_compact N=140 K=1e6 1e-12', 140, 1e6, 1e-12],
    ['w_compact N=140 K=1e6 1e-6', 140, 1e6, 1e-6],
    ['w_compact N=300 K=1e6 1e-12', 300, 1e6, 1e-12],
    ['w_compact N=300 K=1e6 1e-6', 300, 1e6, 1e-6],
  ];
  const kernel = looseKernel(backend, 'wCompactCurvatureInterferometerFrom');
  return cases.map(([name, gridSize, K, tolerance]) => {
    const args = { ...weighted(K), gridSize, pixelScale: 0.05 };
    const options = { tolerance, check: 'shapes' } as const;
    return row(
      name,
      methodOf(kernel, args, options),
      median(() => kernel(args, options), few),
    );
  });
}

/** Numba's larger problem, made as it makes its own: W by displacement, F by every method, the evidence. */
export function generatedRows(): Measured[] {
  const fields = generated({ N: 100, K: 1e4, S: 1000, B: 3 });
  return [
    ...kernelRows(fields, 'wCompactCurvatureInterferometerFrom', 'w_compact N=100 K=1e4', ['direct']),
    ...kernelRows(fields, 'curvatureMatrixViaWCompactSparseMappingMatrixFrom', 'F N=100 S=1000', ['direct']),
    ...kernelRows(fields, 'logLikelihoodFunctionViaWCompactFrom', 'evidence N=100 S=1000'),
  ];
}

/** The problem of a published table: a lens, and a mesh of 1500 pixels. */
export function evidenceRows(): Measured[] {
  const fields = almaLike({ N: 70, K: 1000, S: 1500 });
  const kernel = looseKernel(backend, 'logLikelihoodFunctionViaWCompactFrom');
  const args = resolverOf(fields).argumentsOf(findKernel(kernel.descriptor.name));
  const changing = [...mapping, ...mesh];
  return [
    ...kernelRows(fields, 'curvatureMatrixViaWCompactSparseMappingMatrixFrom', 'F N=70 S=1500', ['direct', 'gather']),
    row('evidence N=70 S=1500', 'fused', boundMedian(kernel, args, few)),
    row('evidence N=70 S=1500, mesh changing too', 'fused', boundMedian(kernel, args, { ...few, changing })),
  ];
}

/** One factorization and a solution. */
export function choleskyRows(): Measured[] {
  return [700, 1500].map((S) => {
    const args = system(S);
    const call = () => kernels.reconstructionPositiveNegativeFrom(args, { check: 'shapes' });
    return row(`Cholesky S=${S}`, 'cholesky', median(call, few));
  });
}

/** The method that a kernel chooses, then the others except those left out. */
function kernelRows(fields: Fields, name: string, label: string, except: readonly string[] = []): Measured[] {
  const kernel = looseKernel(backend, name);
  const args = resolverOf(fields).argumentsOf(findKernel(name));
  const chosen = methodOf(kernel, args);
  const others = Object.keys(kernel.methods).filter((method) => method !== chosen && !except.includes(method));
  return [
    row(label, chosen, boundMedian(kernel, args, few)),
    ...others.map((method) => ({
      ...row(label, method, boundMedian(kernel, args, { ...few, method })),
      // Compared once, by the method that users get.
      peers: [],
    })),
  ];
}

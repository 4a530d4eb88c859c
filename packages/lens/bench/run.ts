/**
 * The bars of positive sources: a positive reconstruction against one Cholesky factorization of the same F + H, cold and
 * from the solution, on backend-loops and on one thread of backend-wasm. Prints a table for docs/positive-sources.md.
 * Times are of the processor, the least of some rounds taken in turns. Needs the build.
 */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { real, type SyncBackend } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import {
  circularMask,
  createInversion,
  type Inversion,
  type LensModel,
  mapperOf,
  simulateVisibilities,
} from '../dist/index.js';

const rounds = 5;
/** Noise of a visibility and regularization coefficient. */
const scenes = [
  [2, 1],
  [2, 100],
  [2, 1000],
  [30, 1],
  [30, 10],
  [300, 0.1],
  [300, 3],
] as const;
const lens: LensModel = {
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, axisRatio: 0.75, angle: 30 }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25, axisRatio: 0.7, angle: 70 }],
};
const loops = createLoopsBackend();
const wasm = await createWasmBackend({ threads: 1 });
const mask = circularMask({ shapeNative: [80, 80], pixelScale: 0.07, radius: 2.4 });

/** The lens as it is measured with some noise. */
async function observe(noise: number): Promise<Inversion> {
  const { visibilities } = await simulateVisibilities({
    lens,
    mask,
    uvWavelengths: uvTrackOf(observations.alma, 20_000),
    noise,
    seed: 3,
    backends: [loops],
  });
  return await createInversion(visibilities, { mask, backends: [loops] });
}

/** D, and F + H for a coefficient, on a mesh of about 1500 source pixels. */
function systemFor(inversion: Inversion, coefficient: number) {
  const mapped = mapperOf(mask, inversion.geometry, {
    lens,
    mesh: { type: 'overlay', shape: [44, 44] },
  });
  const { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex, neighbors, neighborsSizes } = mapped.mapper;
  const mapping = { pixels, pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex };
  const { wCompact, nativeIndexForSlimIndex, dirtyImage } = inversion.sums;
  const matrix = real(dirtyImage.data, [dirtyImage.data.length, 1]);
  const F = loops.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom({
    wCompact,
    nativeIndexForSlimIndex,
    ...mapping,
  });
  const H = loops.kernels.constantRegularizationMatrixFrom({ coefficient, neighbors, neighborsSizes });
  return {
    dataVector: real(loops.kernels.sparseMappingMatrixTransposeMatmul({ matrix, ...mapping }).data),
    curvatureRegMatrix: real(
      F.data.map((value, at) => value + H.data[at]),
      F.shape,
    ),
  };
}

/** The least milliseconds of the processor that each job takes. */
function leastOf(jobs: readonly (() => unknown)[]): readonly number[] {
  const least = jobs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    jobs.forEach((job, at) => {
      const before = process.cpuUsage();
      job();
      const { user, system } = process.cpuUsage(before);
      least[at] = Math.min(least[at], (user + system) / 1000);
    });
  }
  return least;
}

type Kernels = Pick<
  SyncBackend['kernels'] & typeof loops.kernels,
  'reconstructionPositiveNegativeFrom' | 'reconstructionPositiveOnlyFrom'
>;

console.log('| noise | coefficient | source pixels | positive | backend | unrestricted | cold | warm |');
console.log('|---|---|---|---|---|---|---|---|');
for (const [noise, coefficient] of scenes) {
  const inversion = await observe(noise);
  const args = systemFor(inversion, coefficient);
  inversion.dispose();
  const on = (name: string, { reconstructionPositiveNegativeFrom, reconstructionPositiveOnlyFrom }: Kernels) => {
    const check = { check: 'shapes' } as const;
    const { reconstruction } = reconstructionPositiveOnlyFrom(args);
    const positive = reconstruction.data.filter((value) => value > 0).length;
    const [unrestricted, cold, warm] = leastOf([
      () => reconstructionPositiveNegativeFrom(args, check),
      () => reconstructionPositiveOnlyFrom(args, check),
      () => reconstructionPositiveOnlyFrom({ ...args, similarReconstruction: reconstruction }, check),
    ]);
    const times = (value: number) => `${value.toFixed(0)} ms, ${(value / unrestricted).toFixed(2)}`;
    const row = [noise, coefficient, reconstruction.data.length, positive, name, `${unrestricted.toFixed(0)} ms`];
    console.log(`| ${[...row, times(cold), times(warm)].join(' | ')} |`);
  };
  on('loops', loops.kernels);
  on('wasm', wasm.kernels);
}
wasm.dispose?.();

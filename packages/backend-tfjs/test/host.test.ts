import * as tf from '@tensorflow/tfjs-core';
import { complex, index, real } from '@wtilde/core-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTfjsBackend, type TfjsBackend } from '../src/index.js';

const events = ['uncaughtException', 'unhandledRejection'] as const;
const listeners = () => events.map((event) => process.listenerCount(event));

const uvWavelengths = real([1e5, 2e5, -3e5, 1e4], [2, 2]);
const noiseMapReal = real([1, 2]);
const gridRadiansSlim = real([1e-6, -1e-6, 1e-6, 1e-6, -1e-6, 1e-6], [3, 2]);
const nativeIndexForSlimIndex = index([0, 0, 0, 1, 1, 1], [3, 2]);
const mapping = {
  pixIndexesForSubSlimIndex: index([0, 1, 1, -1, 0, -1], [3, 2]),
  pixWeightsForSubSlimIndex: real([0.5, 0.5, 1, 0, 1, 0], [3, 2]),
  pixels: 2,
};
const wTilde = real([2, 1, 0, 1, 2, 1, 0, 1, 2], [3, 3]);
const mappingMatrix = real([1, 0, 0, 1, 0.5, 0.5], [3, 2]);
const wCompact = real([1, 3, 1, 0, 1, 0], [2, 3]);
const table = real([3, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], [4, 4]);

/** A call of every kernel that the backend has. */
function calls({ kernels }: TfjsBackend) {
  const visibilities = { noiseMapReal, uvWavelengths };
  return {
    curvatureMatrixViaWCompactSparseMappingMatrixFrom: () =>
      kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom({ wCompact, nativeIndexForSlimIndex, ...mapping }),
    curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom: () =>
      kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom(
        { curvaturePreload: table, nativeIndexForSlimIndex, ...mapping },
        { check: 'shapes' },
      ),
    curvatureMatrixViaWTildeFrom: () => kernels.curvatureMatrixViaWTildeFrom({ wTilde, mappingMatrix }),
    curvatureMatrixViaWTildeSparseMappingMatrixFrom: () =>
      kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom({ wTilde, ...mapping }),
    dataVectorFrom: () => kernels.dataVectorFrom({ mappingMatrix, dirtyImage: real([1, 2, 3]) }),
    dirtyImageInterferometerFrom: () =>
      kernels.dirtyImageInterferometerFrom({
        data: complex([1, 2, 3, 4]),
        noiseMap: complex([1, 1, 2, 2]),
        uvWavelengths,
        gridRadiansSlim,
      }),
    mappingMatrixFrom: () => kernels.mappingMatrixFrom(mapping),
    sparseMappingMatrixTransposeMatmul: () =>
      kernels.sparseMappingMatrixTransposeMatmul({ matrix: mappingMatrix, ...mapping }),
    visibilitiesFrom: () => kernels.visibilitiesFrom({ image: real([1, 2, 3]), uvWavelengths, gridRadiansSlim }),
    wCompactCurvatureInterferometerFrom: () =>
      kernels.wCompactCurvatureInterferometerFrom({ gridSize: 3, pixelScale: 0.1, ...visibilities }),
    wTildeCurvatureInterferometerFrom: () =>
      kernels.wTildeCurvatureInterferometerFrom({ ...visibilities, gridRadiansSlim }),
    wTildeCurvaturePreloadInterferometerFrom: () =>
      kernels.wTildeCurvaturePreloadInterferometerFrom({
        ...visibilities,
        shapeMaskedPixels2d: [2, 2],
        gridRadians2d: real(
          [1, -1, 1, 1, -1, -1, -1, 1].map((at) => at * 1e-6),
          [2, 2, 2],
        ),
      }),
    wTildeDataInterferometerFrom: () =>
      kernels.wTildeDataInterferometerFrom({ visibilitiesReal: real([1, 2]), ...visibilities, gridRadiansSlim }),
    wTildeViaCompactFrom: () => kernels.wTildeViaCompactFrom({ wCompact, nativeIndexForSlimIndex }),
    wTildeViaPreloadFrom: () => kernels.wTildeViaPreloadFrom({ wTildePreload: table, nativeIndexForSlimIndex }),
  };
}

describe.each(['wasm', 'cpu'] as const)('engine %s beside an application', (engine) => {
  let backend: TfjsBackend;
  let before: number[];
  beforeAll(async () => {
    before = listeners();
    backend = await createTfjsBackend({ engine });
  });
  afterAll(() => backend.dispose?.());

  test('no listener of the process is left', () => {
    expect(listeners()).toEqual(before);
  });

  test('no default backend is forced on the application', () => {
    expect(tf.engine().backendName || undefined).toBeUndefined();
  });

  test('every kernel leaves no tensor, no listener and no backend behind', async () => {
    const all = Object.entries(calls(backend));
    expect(all.map(([name]) => name).sort()).toEqual(Object.keys(backend.kernels).sort());
    for (const [name, call] of all) {
      const tensors = tf.engine().state.numTensors;
      await call();
      expect({ name, tensors: tf.engine().state.numTensors }).toEqual({ name, tensors });
    }
    expect(listeners()).toEqual(before);
    expect(tf.engine().backendName || undefined).toBeUndefined();
  });

  test('a thousand calls do not grow', async () => {
    const call = calls(backend).curvatureMatrixViaWTildeFrom;
    await call();
    const { numTensors, numBytes } = tf.engine().state;
    for (let i = 0; i < 1000; i++) await call();
    expect(tf.engine().state).toMatchObject({ numTensors, numBytes });
  });

  test('a kernel that fails puts everything back', async () => {
    const controller = new AbortController();
    controller.abort();
    const failing = backend.kernels.dataVectorFrom(
      { mappingMatrix, dirtyImage: real([1, 2, 3]) },
      { signal: controller.signal },
    );
    await expect(failing).rejects.toMatchObject({ code: 'Aborted' });
    expect(tf.engine().backendName || undefined).toBeUndefined();
  });
});

describe('an application with a backend and tensors of its own', () => {
  beforeAll(async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
  });

  test('keeps them, with two of ours at once', async () => {
    const theirs = tf.tensor1d([1, 2, 3]);
    const [one, two] = [await createTfjsBackend({ engine: 'wasm' }), await createTfjsBackend({ engine: 'wasm' })];
    const running = [calls(one).dataVectorFrom(), calls(two).dataVectorFrom(), calls(one).mappingMatrixFrom()];
    expect(tf.getBackend()).toBe('cpu');
    expect(Array.from(await tf.square(theirs).data())).toEqual([1, 4, 9]);
    const [a, b] = await Promise.all(running);
    expect(a).toEqual(b);
    expect(tf.getBackend()).toBe('cpu');
    one.dispose?.();
    expect(await calls(two).dataVectorFrom()).toEqual(a);
    two.dispose?.();
    expect(Array.from(await theirs.data())).toEqual([1, 2, 3]);
    theirs.dispose();
    expect(
      tf
        .engine()
        .backendNames()
        .filter((name) => name.startsWith('wtilde-')),
    ).toEqual([]);
  });

  test('inside a tidy of its own a kernel still gives its result', async () => {
    const backend = await createTfjsBackend({ engine: 'cpu' });
    let result: Promise<unknown> | undefined;
    tf.tidy(() => {
      result = calls(backend).dataVectorFrom();
    });
    expect(await result).toEqual(real([2.5, 3.5]));
    backend.dispose?.();
  });
});

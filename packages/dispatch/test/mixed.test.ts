import { createReferenceBackend } from '@wtilde/backend-reference';
import { complex, type LooseResult, type NdArray, real } from '@wtilde/core-types';
import { compressMapping, probeEvidence, regularizationOfMatrix } from '@wtilde/numerics';
import { describe, expect, test } from 'vitest';
import { type ComposedRecord, createDispatcher, createSyncDispatcher, type RunRecord } from '../src/index.js';
import { isHostArray, likeReference, likeReferenceAsync, rounding } from './support/backends.js';
import { normal, seeded } from './support/random.js';
import { makeScene, type Scene } from './support/scene.js';

const kernel = 'logLikelihoodFunctionViaWCompactFrom';
const reference = createReferenceBackend();

const composed = (record: RunRecord): ComposedRecord => {
  if (record.ran !== 'composed') throw new Error('not composed');
  return record;
};

/** How well estimates cover true errors, over seeded scenes of many sizes and regularizations. */
function statistics(
  cases: number,
  run: (scene: Scene, truth: number, seed: number) => readonly [error: number, estimate: number],
) {
  let within = 0;
  const ratios: number[] = [];
  for (let seed = 0; seed < cases; seed++) {
    const scene = makeScene(seed, {
      side: 6 + (seed % 4),
      meshSide: 2 + (seed % 5),
      coefficient: 10 ** ((seed % 7) / 3 - 1),
    });
    const truth = reference.kernels[kernel](scene.evidence);
    const [error, estimate] = run(scene, truth, seed);
    if (error <= estimate) within += 1;
    ratios.push(estimate / error);
  }
  ratios.sort((a, b) => a - b);
  return { within: within / cases, median: ratios[cases >> 1] };
}

/** A float32 backend whose curvature matrices are changed by `change`, besides their rounding. */
function inexact(change: (F: NdArray<'real'>, index: number) => NdArray<'real'>) {
  let count = 0;
  return likeReference({
    id: 'inexact',
    precision: 'float32',
    run: (args, run): LooseResult => {
      const result = run(args);
      return isHostArray(result) && result.dtype === 'real'
        ? change(Object.assign({}, result, { dtype: 'real' as const, data: Float64Array.from(result.data) }), count++)
        : result;
    },
  });
}

/** Symmetric normal errors of a size relative to the whole matrix. */
function noisy(size: number) {
  return (F: NdArray<'real'>, seed: number) => {
    const gauss = normal(seeded(seed + 1));
    const [n] = F.shape;
    const scale = (size * Math.hypot(...F.data)) / n;
    const data = Float64Array.from(F.data);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        data[i * n + j] += scale * gauss();
        data[j * n + i] = data[i * n + j];
      }
    }
    return real(data, F.shape);
  };
}

describe('the error estimate of mixed precision, over 200 seeded cases', () => {
  const models = {
    'inputs and results rounded to float32': likeReference({ id: 'inexact', precision: 'float32', run: rounding }),
    'independent errors of 1e-7': inexact(noisy(1e-7)),
    'independent errors of 2e-6': inexact(noisy(2e-6)),
    'the same relative error everywhere': inexact((F) =>
      real(
        F.data.map((value) => value * (1 + 3e-6)),
        F.shape,
      ),
    ),
    'errors of the diagonal only': inexact((F) => {
      const [n] = F.shape;
      return real(
        F.data.map((value, at) => (at % (n + 1) === 0 ? value * (1 - 1e-6) : value)),
        F.shape,
      );
    }),
  };

  test.each(Object.entries(models))('%s', (label, backend) => {
    const d = createSyncDispatcher({ backends: [reference, backend], precision: { curvatureMatrix: 'float32' } });
    const found = statistics(200, (scene, truth) => {
      const { result, record } = d.record(kernel, scene.evidence);
      return [Math.abs(result - truth), composed(record).errorEstimate?.error ?? 0];
    });
    console.info(
      `${label}: ${(100 * found.within).toFixed(1)} % within, median estimate / error ${found.median.toPrecision(3)}`,
    );
    expect(found.within).toBeGreaterThanOrEqual(0.99);
    expect(found.median).toBeLessThan(100);
  });

  test('where the trace dominates: no signal, weak regularization, many source pixels', () => {
    const d = createSyncDispatcher({
      backends: [reference, inexact(noisy(1e-7))],
      precision: { curvatureMatrix: 'float32' },
    });
    const found = statistics(200, (_scene, _truth, seed) => {
      const scene = makeScene(seed, { side: 8, meshSide: 6, coefficient: 0.1 });
      const silent = { ...scene.evidence, dirtyImage: real(scene.dirtyImage.data.map((value) => 1e-4 * value)) };
      const truth = reference.kernels[kernel](silent);
      const { result, record } = d.record(kernel, silent);
      return [Math.abs(result - truth), composed(record).errorEstimate?.error ?? 0];
    });
    console.info(
      `trace only: ${(100 * found.within).toFixed(1)} % within, median estimate / error ${found.median.toPrecision(3)}`,
    );
    expect(found.within).toBeGreaterThanOrEqual(0.99);
    expect(found.median).toBeLessThan(100);
  });

  test('W and F both in float32, by probeEvidence', () => {
    const fast = likeReference({ id: 'fast', precision: 'float32', run: rounding });
    const d = createSyncDispatcher({ backends: [reference, fast] });
    const on = { backend: 'fast' };
    const found = statistics(
      200,
      ({ baselines, evidence, sparse, mesh, nativeIndexForSlimIndex, data, noiseMap, dirtyImage }, truth) => {
        const wCompact = d.wCompactCurvatureInterferometerFrom(baselines, on);
        const curvatureMatrix = d.curvatureMatrixViaWCompactSparseMappingMatrixFrom(
          { wCompact, nativeIndexForSlimIndex, ...sparse },
          on,
        );
        const regularizationMatrix = d.constantRegularizationMatrixFrom(mesh);
        const column = real(dirtyImage.data, [dirtyImage.data.length, 1]);
        const dataVector = real(d.sparseMappingMatrixTransposeMatmul({ matrix: column, ...sparse }).data);
        const terms = {
          logDetRegularizationMatrix: d.logDetConstantRegularizationMatrixFrom(mesh),
          chiSquared0: d.chiSquared0From({ data, noiseMap }),
          noiseNormalization: d.noiseNormalizationComplexFrom({ noiseMap }),
        };
        const { logEvidence } = d.evidenceTermsFrom({ curvatureMatrix, dataVector, regularizationMatrix, ...terms });
        const sum = Object.values(terms).reduce((total, term) => total + Math.abs(term), 0);
        const regularization = regularizationOfMatrix(dataVector.shape[0], regularizationMatrix.data);
        const probe = probeEvidence({ curvatureMatrix, regularization, dataVector, terms: sum });
        const { pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex } = sparse;
        const mapping = compressMapping(pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex, probe.columns);
        const forms = d.curvatureMatrixViaWCompactSparseMappingMatrixFrom({
          wCompact: evidence.wCompact,
          nativeIndexForSlimIndex,
          ...mapping,
        });
        return [Math.abs(logEvidence - truth), probe.errorFrom(forms)];
      },
    );
    console.info(
      `W and F: ${(100 * found.within).toFixed(1)} % within, median estimate / error ${found.median.toPrecision(3)}`,
    );
    expect(found.within).toBeGreaterThanOrEqual(0.99);
    expect(found.median).toBeLessThan(100);
  });

  test('F and D in float32', () => {
    const fast = likeReference({ id: 'fast', precision: 'float32', run: rounding });
    const precision = { curvatureMatrix: 'float32', sparseMappingMatrixTransposeMatmul: 'float32' } as const;
    const d = createSyncDispatcher({ backends: [reference, fast], precision });
    const found = statistics(200, (scene, truth) => {
      const { result, record } = d.record(kernel, scene.evidence);
      return [Math.abs(result - truth), composed(record).errorEstimate?.error ?? 0];
    });
    console.info(
      `F and D: ${(100 * found.within).toFixed(1)} % within, median estimate / error ${found.median.toPrecision(3)}`,
    );
    expect(found.within).toBeGreaterThanOrEqual(0.99);
    expect(found.median).toBeLessThan(100);
  });
});

describe('mixed precision', () => {
  const calls: string[] = [];
  const fast = likeReference({ id: 'fast', precision: 'float32', run: rounding, calls });
  const scene = makeScene(1);
  const exact = reference.kernels[kernel](scene.evidence);

  test('runs F in float32 and everything else in float64', () => {
    calls.length = 0;
    const d = createSyncDispatcher({ backends: [reference, fast], precision: { curvatureMatrix: 'float32' } });
    const result = d[kernel](scene.evidence);
    expect(calls).toEqual(['curvatureMatrixViaWCompactSparseMappingMatrixFrom']);
    expect(Math.abs(result - exact)).toBeLessThan(1e-2);
    expect(result).not.toBe(exact);
    const steps = composed(d.record(kernel, scene.evidence).record).steps;
    expect(steps.map((step) => (step.ran === 'whole' ? step.precision : ''))).toEqual([
      'float32',
      ...Array.from({ length: 6 }, () => 'float64'),
    ]);
  });

  test('says why, and how the estimate was found', () => {
    const d = createSyncDispatcher({ backends: [reference, fast], precision: { curvatureMatrix: 'float32' } });
    const record = composed(d.record(kernel, scene.evidence).record);
    expect(record.why).toBe('float32 was asked for its step curvatureMatrixViaWCompactSparseMappingMatrixFrom');
    expect(record.errorEstimate?.how).toBe('9 quadratic forms of the curvature matrix in float64 on reference');
  });

  test('may be asked for by the name of one kernel; others then stay in float64', () => {
    calls.length = 0;
    const precision = { curvatureMatrixViaWTildeSparseMappingMatrixFrom: 'float32' } as const;
    const d = createSyncDispatcher({ backends: [reference, fast], precision });
    expect(d[kernel](scene.evidence)).toBe(exact);
    expect(calls).toEqual([]);
  });

  test('a float32 backend that is the default still gets nothing but what was named', () => {
    calls.length = 0;
    const d = createSyncDispatcher({
      backends: [fast, reference],
      fallback: ['reference'],
      precision: { curvatureMatrix: 'float32' },
    });
    d[kernel](scene.evidence);
    expect(calls).toEqual(['curvatureMatrixViaWCompactSparseMappingMatrixFrom']);
  });

  test('without a float32 backend that has the kernel, the composite runs whole', () => {
    const lacking = likeReference({ id: 'fast', precision: 'float32', only: ['dataVectorFrom'] });
    const d = createSyncDispatcher({ backends: [reference, lacking], precision: { curvatureMatrix: 'float32' } });
    expect(d.record(kernel, scene.evidence).record).toMatchObject({ ran: 'whole', backend: 'reference' });
  });

  test('without composition, or with a backend named in the call, nothing is mixed', () => {
    const d = createSyncDispatcher({ backends: [reference, fast], precision: { curvatureMatrix: 'float32' } });
    expect(d.with({ compose: false })[kernel](scene.evidence)).toBe(exact);
    expect(d[kernel](scene.evidence, { backend: 'reference' })).toBe(exact);
  });

  test('no float64 backend with the kernel: the estimate is infinite and says so', () => {
    const withoutF = likeReference({ id: 'partial', without: ['curvatureMatrixViaWCompactSparseMappingMatrixFrom'] });
    const d = createSyncDispatcher({ backends: [withoutF, fast], precision: { curvatureMatrix: 'float32' } });
    expect(composed(d.record(kernel, scene.evidence).record).errorEstimate).toEqual({
      error: Number.POSITIVE_INFINITY,
      how: 'no float64 backend implements curvatureMatrixViaWCompactSparseMappingMatrixFrom',
    });
  });

  test('errors too large for any statement give an infinite estimate', () => {
    const d = createSyncDispatcher({
      backends: [
        reference,
        inexact((F) =>
          real(
            F.data.map((value) => 3 * value),
            F.shape,
          ),
        ),
      ],
      precision: { curvatureMatrix: 'float32' },
    });
    expect(composed(d.record(kernel, scene.evidence).record).errorEstimate).toEqual({
      error: Number.POSITIVE_INFINITY,
      how: expect.stringContaining('F + H is too close to singular for float32'),
    });
  });

  test('an exact curvature matrix gives an estimate at the level of rounding', () => {
    const d = createSyncDispatcher({
      backends: [reference, inexact((F) => F)],
      precision: { curvatureMatrix: 'float32' },
    });
    const estimate = composed(d.record(kernel, scene.evidence).record).errorEstimate?.error;
    expect(estimate).toBeLessThan(1e-9);
    expect(estimate).toBeGreaterThan(0);
  });

  test('no data, no signal: the estimate still holds', () => {
    const d = createSyncDispatcher({ backends: [reference, fast], precision: { curvatureMatrix: 'float32' } });
    const silent = {
      ...scene.evidence,
      data: complex(scene.data.data.map(() => 0)),
      dirtyImage: real(scene.dirtyImage.data.map(() => 0)),
    };
    const { result, record } = d.record(kernel, silent);
    const error = Math.abs(result - reference.kernels[kernel](silent));
    expect(error).toBeLessThanOrEqual(composed(record).errorEstimate?.error ?? 0);
  });

  test('works the same with promises', async () => {
    const device = likeReferenceAsync({ id: 'device', precision: 'float32', run: rounding });
    const d = createDispatcher({ backends: [reference, device], precision: { curvatureMatrix: 'float32' } });
    const { result, record } = await d.record(kernel, scene.evidence);
    expect(Math.abs(result - exact)).toBeLessThanOrEqual(composed(record).errorEstimate?.error ?? 0);
  });
});

test('probeEvidence refuses a matrix that is not positive definite', () => {
  const zero = real([0, 0, 0, 0], [2, 2]);
  expect(() =>
    probeEvidence({
      curvatureMatrix: zero,
      regularization: regularizationOfMatrix(2, zero.data),
      dataVector: real([1, 1]),
      terms: 0,
    }),
  ).toThrow('not positive definite');
});

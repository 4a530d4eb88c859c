import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  isRecord,
  type KernelArgs,
  type KernelName,
  type KernelResult,
  type LooseResult,
  real,
} from '@wtilde/core-types';
import type { DerivativeErrors } from '@wtilde/numerics';
import { describe, expect, test } from 'vitest';
import { createDispatcher, createSyncDispatcher, type ErrorEstimate, type RunRecord } from '../src/index.js';
import { isHostArray, likeReference, likeReferenceAsync, rounding } from './support/backends.js';
import { normal, seeded } from './support/random.js';
import { makeScene } from './support/scene.js';

const kernel = 'evidenceDerivativesViaWCompactFrom';
const F = 'curvatureMatrixViaWCompactSparseMappingMatrixFrom';
const end = 'evidenceDerivativesByMappingViaWCompactFrom';
const reference = createReferenceBackend();

type Args = KernelArgs<typeof kernel>;
type Result = KernelResult<typeof kernel>;

function argumentsOf(seed: number, shape: Parameters<typeof makeScene>[1]): Args {
  const { evidence, mesh, data, noiseMap, sparse } = makeScene(seed, shape);
  const [S, P] = mesh.neighbors.shape;
  return {
    wCompact: evidence.wCompact,
    nativeIndexForSlimIndex: evidence.nativeIndexForSlimIndex,
    dirtyImage: evidence.dirtyImage,
    ...sparse,
    neighbors: mesh.neighbors,
    neighborsSizes: mesh.neighborsSizes,
    weights: real(new Float64Array(S * P).fill(mesh.coefficient ** 2), [S, P]),
    diagonal: real(new Float64Array(S).fill(1e-8)),
    chiSquared0: reference.kernels.chiSquared0From({ data, noiseMap }),
    noiseNormalization: reference.kernels.noiseNormalizationComplexFrom({ noiseMap }),
  };
}

function estimateOf(record: RunRecord): ErrorEstimate {
  const estimate = record.ran === 'composed' ? record.errorEstimate : undefined;
  if (estimate === undefined) throw new Error('no estimate');
  return estimate;
}

/** Numbers that are linear in the derivatives: with all of one array, of random signs, smooth ones, and one element. */
function functionals({ logEvidenceByMapping, logEvidenceByWeights, logEvidenceByDiagonal }: Result, seed: number) {
  const random = seeded(seed + 77);
  const vector = (length: number, value: (i: number) => number) => Float64Array.from({ length }, (_, i) => value(i));
  const [entries, edges, diagonal] = [logEvidenceByMapping, logEvidenceByWeights, logEvidenceByDiagonal].map(
    ({ data }) => data.length,
  );
  const some = Math.floor(entries * random());
  return [
    { byMapping: vector(entries, () => (random() < 0.5 ? -1 : 1)) },
    { byMapping: vector(entries, (i) => Math.cos(i / 9)) },
    { byMapping: vector(entries, (i) => (i === some ? 1 : 0)) },
    { byWeights: vector(edges, () => 1) },
    { byDiagonal: vector(diagonal, () => (random() < 0.5 ? -1 : 1)) },
    {
      byMapping: vector(entries, () => random()),
      byWeights: vector(edges, () => random()),
      byDiagonal: vector(diagonal, () => random()),
    },
  ];
}

type By = { readonly byMapping?: Float64Array; readonly byWeights?: Float64Array; readonly byDiagonal?: Float64Array };

const times = (coefficients: By, of: By) =>
  (['byMapping', 'byWeights', 'byDiagonal'] as const).reduce(
    (sum, by) => sum + (coefficients[by]?.reduce((total, value, i) => total + value * (of[by]?.[i] ?? 0), 0) ?? 0),
    0,
  );

/** What float64 leaves of the sum in any case. */
const roundingOf = (coefficients: By, of: By) => {
  const absolute = (values: Float64Array | undefined) => values?.map(Math.abs) ?? new Float64Array(0);
  const all = ({ byMapping, byWeights, byDiagonal }: By) => ({
    byMapping: absolute(byMapping),
    byWeights: absolute(byWeights),
    byDiagonal: absolute(byDiagonal),
  });
  return 4e-15 * times(all(coefficients), all(of));
};

const derivativesOf = (result: Result): By => ({
  byMapping: result.logEvidenceByMapping.data,
  byWeights: result.logEvidenceByWeights.data,
  byDiagonal: result.logEvidenceByDiagonal.data,
});

/** The error of a number linear in the derivatives, once what is known of it is taken off, and what is said of that. */
function errorAndEstimate(each: By, result: Result, truth: Result, { known, samples, errorLeft }: DerivativeErrors) {
  const found = times(each, derivativesOf(result));
  return {
    before: Math.abs(found - times(each, derivativesOf(truth))),
    error: Math.abs(found - times(each, known) - times(each, derivativesOf(truth))),
    estimate: errorLeft(
      times(each, known),
      samples.map((sample) => times(each, sample)),
    ),
  };
}

/** A float32 backend whose results have errors of a size relative to all of an array. */
function noisy(size: number, of: readonly KernelName[]) {
  const gauss = normal(seeded(1));
  const changed = (result: LooseResult): LooseResult => {
    if (isRecord(result)) {
      return Object.assign(
        {},
        ...Object.entries(result).map(([name, leaf]) => ({ [name]: isHostArray(leaf) ? withNoise(leaf) : leaf })),
      );
    }
    return isHostArray(result) ? withNoise(result) : result;
  };
  function withNoise<A extends { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>(array: A) {
    const data = Float64Array.from(array.data);
    const scale = (size * Math.hypot(...data)) / Math.sqrt(data.length);
    const [n, m] = array.shape;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        if (data[i * m + j] !== 0) data[i * m + j] += scale * gauss();
        // F is symmetric; a mapping has more rows than columns.
        if (n === m && j > i) data[j * m + i] = data[i * m + j];
      }
    }
    return real(data, array.shape);
  }
  return likeReference({
    id: 'inexact',
    precision: 'float32',
    run: (args, run, _context, name) => (of.some((each) => each === name) ? changed(run(args)) : run(args)),
  });
}

const precision = { [F]: 'float32', [end]: 'float32' } as const;

describe('the error estimate of derivatives in mixed precision, over 200 seeded cases', () => {
  const models = {
    'arguments and results rounded to float32': likeReference({ id: 'inexact', precision: 'float32', run: rounding }),
    'errors of 1e-7 in F and in the derivatives by the mapping': noisy(1e-7, [F, end]),
    'errors of 1e-6 in F alone': noisy(1e-6, [F]),
  };

  const scenes = Array.from({ length: 200 }, (_, seed) => {
    const coefficient = 10 ** ((seed % 7) / 3 - 1);
    const args = argumentsOf(seed, { side: 6 + (seed % 2), meshSide: 2 + (seed % 5), coefficient });
    return { args, truth: reference.kernels[kernel](args) };
  });

  test.each(Object.entries(models))('%s', (label, backend) => {
    const d = createSyncDispatcher({ backends: [reference, backend], precision });
    let [within, valueWithin, cases] = [0, 0, 0];
    const ratios: number[] = [];
    for (const [seed, { args, truth }] of scenes.entries()) {
      const { result, record } = d.record(kernel, args);
      const { error: ofValue, derivatives } = estimateOf(record);
      if (derivatives === undefined) throw new Error('no errors of derivatives');
      if (Math.abs(result.logEvidence - truth.logEvidence) <= ofValue) valueWithin += 1;
      for (const each of functionals(truth, seed)) {
        const { error, estimate } = errorAndEstimate(each, result, truth, derivatives);
        cases += 1;
        if (error <= estimate + roundingOf(each, derivativesOf(truth))) within += 1;
        ratios.push(estimate / error);
      }
    }
    ratios.sort((a, b) => a - b);
    const median = ratios[ratios.length >> 1];
    const share = (100 * within) / cases;
    console.info(`${label}: ${share.toFixed(1)} % within, median estimate / error ${median.toPrecision(3)}`);
    expect(valueWithin / scenes.length).toBeGreaterThanOrEqual(0.99);
    expect(within / cases).toBeGreaterThanOrEqual(0.99);
    expect(median).toBeLessThan(100);
  });
});

describe('an evidence with derivatives in mixed precision', () => {
  const fast = likeReference({ id: 'fast', precision: 'float32', run: rounding });
  const args = argumentsOf(1, { meshSide: 6 });
  const truth = reference.kernels[kernel](args);

  test('runs F and W T by the inverse in float32, the factorization between them in float64', () => {
    const d = createSyncDispatcher({ backends: [reference, fast], precision });
    const { record } = d.record(kernel, args);
    if (record.ran !== 'composed') throw new Error('not composed');
    expect(record.steps.map((step) => step.ran === 'whole' && [step.kernel, step.backend])).toEqual([
      [F, 'fast'],
      ['sparseMappingMatrixTransposeMatmul', 'reference'],
      ['evidenceDerivativesByGraphFrom', 'reference'],
      [end, 'fast'],
    ]);
    expect(estimateOf(record).how).toBe('43 images W T v in float64 on reference');
  });

  test('of which only F was asked for: the estimate holds as well', () => {
    const d = createSyncDispatcher({ backends: [reference, fast], precision: { [F]: 'float32' } });
    const { result, record } = d.record(kernel, args);
    const { derivatives } = estimateOf(record);
    if (derivatives === undefined) throw new Error('no errors of derivatives');
    const of = { byMapping: new Float64Array(truth.logEvidenceByMapping.data.length).fill(1) };
    const { before, error, estimate } = errorAndEstimate(of, result, truth, derivatives);
    expect(error).toBeLessThan(before);
    expect(error).toBeGreaterThan(0);
    expect(estimate).toBeGreaterThan(error);
  });

  test('no float64 backend with its last step: the estimate is infinite and says so', () => {
    const without = likeReference({ id: 'partial', without: [end] });
    const d = createSyncDispatcher({ backends: [without, fast], precision });
    expect(estimateOf(d.record(kernel, args).record)).toEqual({
      error: Number.POSITIVE_INFINITY,
      how: `no float64 backend implements ${end}`,
    });
  });

  test('works the same with promises and bound arguments', async () => {
    const device = likeReferenceAsync({ id: 'device', precision: 'float32', run: rounding });
    const d = createDispatcher({ backends: [reference, device], precision });
    const { wCompact, nativeIndexForSlimIndex, ...rest } = args;
    const bound = d[kernel].bind({ wCompact, nativeIndexForSlimIndex });
    const { result, record } = await bound.record(rest);
    expect(Math.abs(result.logEvidence - truth.logEvidence)).toBeLessThanOrEqual(estimateOf(record).error);
    expect(estimateOf(record).derivatives?.samples).toHaveLength(8);
    bound.dispose();
  });
});

/** Positive sources and their evidences against those of PyAutoLens. */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { index, real } from '@wtilde/core-types';
import { type Fields, fieldNamed, requireField } from '@wtilde/data';
import {
  type EvidenceData,
  factorEvidence,
  matrixOfGraph,
  positiveEvidence,
  regularizationOfGraph,
  type WeightedGraph,
} from '@wtilde/numerics';
import { expect } from 'vitest';
import { circularMask, createInversion } from '../../src/index.js';
import { testWithGoldenJson, testWithPyautolens } from '../golden.js';

const { kernels } = createLoopsBackend();

/** A fit as PyAutoLens has it. */
interface Fit {
  readonly lens: string;
  readonly mesh: string;
  readonly reg: string;
  readonly solver: string;
  readonly log_evidence: number | null;
  readonly n_active: number;
}

/**
 * Where PyAutoLens' solver stops early: w = D - (F + H) s of its source is well above 0 where the source is 0, so that
 * another one is better, by up to 4.8 nats.
 */
const stoppedEarly: Readonly<Record<string, readonly string[]>> = {
  'fits-sma': [
    'A.rectuniform constant1 pos',
    'A.rectadaptdensity constant1 pos_edgezero',
    'A.rectadaptdensity constant1 pos_edgezero_border',
    'B.rectuniform constant1 pos_edgezero',
    'B.rectuniform constant1 pos',
    'B.rectuniform constant1 pos_edgezero_border',
  ],
  'fits-sma-adaptfixed': [
    'A.rectadaptdensity constant1 pos_edgezero',
    'A.rectadaptdensity constant1 pos_edgezero_border',
    'A.rectadaptimage constant1 pos_edgezero',
    'A.rectadaptimage constant1 pos_edgezero_border',
    'A.rectadaptimage adapt pos_edgezero',
    'B.rectadaptdensity constant1 pos_edgezero',
    'B.rectadaptdensity constant1 pos_edgezero_border',
    'B.rectadaptimage constant1 pos_edgezero',
    'B.rectadaptimage constant1 pos_edgezero_border',
    'B.rectadaptimage adapt pos_edgezero',
    'C.rectadaptimage constant1 pos',
    'C.rectadaptimage adapt pos_edgezero',
  ],
  'fits-alma': [],
};

for (const [file, pixelScale, radius, count] of [
  ['fits-sma', 0.2, 3, 25],
  ['fits-sma-adaptfixed', 0.2, 3, 18],
  ['fits-alma', 0.05, 2, 5],
] as const) {
  testWithPyautolens(file, 'positive sources and their evidences', async (arrays, facts) => {
    const mask = circularMask({ shapeNative: [100, 100], pixelScale, radius });
    const visibilities = {
      data: requireField(arrays, 'data', 'complex'),
      noiseMap: requireField(arrays, 'noise_map', 'complex'),
      uvWavelengths: requireField(arrays, 'uv_wavelengths', 'real'),
    };
    const { sums, dispose } = await createInversion(visibilities, { mask, backends: [createLoopsBackend()] });
    const curvature = kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom.bind({
      wCompact: sums.wCompact,
      nativeIndexForSlimIndex: sums.nativeIndexForSlimIndex,
    });
    const matrices = new Map<string, ReturnType<typeof matricesOf>>();
    const matricesOf = (mesh: string) => {
      const pixels = requireField(arrays, `${mesh}.D`, 'real').data.length;
      const mapping = {
        pixels,
        pixIndexesForSubSlimIndex: requireField(arrays, `${mesh}.mappings`, 'index'),
        pixWeightsForSubSlimIndex: requireField(arrays, `${mesh}.weights`, 'real'),
      };
      const { dirtyImage } = sums;
      const column = real(dirtyImage.data, [dirtyImage.data.length, 1]);
      return {
        F: curvature(mapping).data,
        D: kernels.sparseMappingMatrixTransposeMatmul({ matrix: column, ...mapping }).data,
      };
    };
    const early: string[] = [];
    let compared = 0;
    for (const fit of fitsIn(facts)) {
      const mesh = `${fit.lens}.${fit.mesh}${fit.solver.endsWith('_border') ? '_border' : ''}`;
      const name = `${fit.lens}.${fit.mesh} ${fit.reg} ${fit.solver}`;
      const graph = graphOf(arrays, mesh, fit);
      if (fit.log_evidence === null || !/^pos($|_edge)/.test(fit.solver) || graph === undefined) continue;
      const zeroed = fit.solver.includes('edgezero') ? requireField(arrays, `${mesh}.zeroed_pixels`, 'index').data : [];
      // Without a rim to zero it is the same fit again.
      if (fit.solver === 'pos_edgezero' && zeroed.length === 0) continue;
      const { F, D } = matrices.get(mesh) ?? matricesOf(mesh);
      matrices.set(mesh, { F, D });
      const { chiSquared0, noiseNormalization } = sums;
      const data = { dataVector: D, chiSquared0, noiseNormalization, logDetRegularizationMatrix: logDetOf(graph) };
      const found = evidenceOf(F, data, graph, zeroed);
      const theirs = requireField(
        arrays,
        `${fit.lens}.${fit.mesh}.${fit.reg}.${fit.solver}.reconstruction`,
        'real',
      ).data;
      // The determinants are the same: what the evidences differ by is what the sources are better by.
      const A = matrixOfGraph(graph).map((value, at) => value + F[at]);
      const better = energy(A, D, theirs) - energy(A, D, found.reconstruction);
      expect(Math.abs(found.logEvidence - fit.log_evidence - better), name).toBeLessThan(1e-6);
      if (steepest(A, D, theirs, zeroed) > 1e-6) {
        early.push(name);
        expect(better, name).toBeGreaterThan(0.01);
      } else {
        expect(largest(found.reconstruction, theirs), name).toBeLessThan(1e-8);
        expect(found.reconstruction.filter((value) => value > 0).length, name).toBe(fit.n_active);
        expect(Math.abs(better), name).toBeLessThan(1e-6);
        compared += 1;
      }
      expect(found.violation, name).toBeLessThan(1e-12);
    }
    dispose();
    expect(early).toEqual(stoppedEarly[file]);
    expect(compared).toBe(count);
  });
}

testWithGoldenJson('pyautolens/seven.json', 'positive sources and their evidences', (golden) => {
  const fits = sevenFits(golden);
  const [unrestricted] = fits;
  for (const fit of fits.filter(({ positive }) => positive)) {
    const graph = latticeGraph(3, fit.coefficient);
    const zeroed = fit.edge_zeroed ? [0, 1, 2, 3, 5, 6, 7, 8] : [];
    const data = {
      dataVector: Float64Array.from(fit.D),
      chiSquared0: unrestricted.fast_chi_squared + chiSquaredLost(unrestricted),
      noiseNormalization: fit.noise_normalization,
      logDetRegularizationMatrix: fit.log_det_regularization_matrix_term,
    };
    const found = evidenceOf(Float64Array.from(fit.F.flat()), data, graph, zeroed);
    expect(Math.abs(found.logEvidence - fit.log_evidence)).toBeLessThan(1e-9);
    expect(Math.abs(found.logDetCurvatureRegMatrix - fit.log_det_curvature_reg_matrix_term)).toBeLessThan(1e-9);
    expect(Math.abs(found.regularizationTerm - fit.regularization_term)).toBeLessThan(1e-9);
    expect(largest(found.reconstruction, Float64Array.from(fit.reconstruction))).toBeLessThan(1e-8);
  }
  expect(fits.filter(({ positive }) => positive)).toHaveLength(16);
});

function evidenceOf(F: Float64Array, data: EvidenceData, graph: WeightedGraph, zeroed: ArrayLike<number>) {
  const zeroedPixels = new Uint8Array(graph.order);
  for (let at = 0; at < zeroed.length; at++) zeroedPixels[zeroed[at]] = 1;
  return positiveEvidence(data, factorEvidence(F, regularizationOfGraph(graph)), F, { zeroedPixels });
}

/** The largest w = D - A s of a pixel that is 0 and need not be, with a unit diagonal of A. */
function steepest(A: Float64Array, D: Float64Array, s: Float64Array, zeroed: ArrayLike<number>): number {
  const held = new Set(Array.from(zeroed));
  const product = times(A, s);
  return s.reduce((worst, value, i) => {
    const w = (D[i] - product[i]) / Math.sqrt(A[i * s.length + i]);
    return value !== 0 || held.has(i) ? worst : Math.max(worst, w);
  }, 0);
}

/** s^t A s / 2 - s^t D. */
function energy(A: Float64Array, D: Float64Array, s: Float64Array): number {
  const product = times(A, s);
  return s.reduce((sum, value, i) => sum + value * (product[i] / 2 - D[i]), 0);
}

function times(A: Float64Array, s: Float64Array): Float64Array {
  const product = new Float64Array(s.length);
  for (let i = 0; i < s.length; i++) for (let j = 0; j < s.length; j++) product[i] += A[i * s.length + j] * s[j];
  return product;
}

/** The largest difference relative to the brightest pixel, if any is bright. */
function largest(found: Float64Array, theirs: Float64Array): number {
  const brightest = Math.max(...theirs.map(Math.abs)) || 1;
  return Math.max(...found.map((value, i) => Math.abs(value - theirs[i]))) / brightest;
}

/** Constant: c^2; adapt: w_i^2 + w_j^2. Undefined for others, and where PyAutoLens' weights are NaN. */
function graphOf(arrays: Fields, mesh: string, { lens, mesh: kind, reg }: Fit): WeightedGraph | undefined {
  const neighbors = requireField(arrays, `${mesh}.neighbors`, 'index');
  const sizes = requireField(arrays, `${mesh}.neighbors_sizes`, 'index').data;
  const [order, slots] = neighbors.shape;
  const adapt = reg === 'adapt' ? fieldNamed(arrays, `${lens}.${kind}.adapt.regularization_weights`)?.data : undefined;
  const coefficient = reg.startsWith('constant') ? Number(reg.slice('constant'.length)) : Number.NaN;
  const weights = Float64Array.from(neighbors.data, (j, at) =>
    adapt === undefined ? coefficient ** 2 : adapt[Math.floor(at / slots)] ** 2 + (j < 0 ? 0 : adapt[j] ** 2),
  );
  if (weights.some(Number.isNaN)) return undefined;
  return { order, neighbors: neighbors.data, sizes, weights, diagonal: new Float64Array(order).fill(1e-8) };
}

function logDetOf({ order, neighbors, sizes, weights, diagonal }: WeightedGraph): number {
  const shape = [order, neighbors.length / order];
  return kernels.logDetWeightedRegularizationMatrixFrom({
    neighbors: index(neighbors, shape),
    neighborsSizes: index(sizes),
    weights: real(weights, shape),
    diagonal: real(diagonal),
  });
}

/** A square lattice of source pixels under the constant regularization. */
function latticeGraph(side: number, coefficient: number): WeightedGraph {
  const order = side * side;
  const lists = Array.from({ length: order }, (_, i) =>
    Array.from({ length: order }, (_other, j) => j).filter(
      (j) => Math.abs((i % side) - (j % side)) + Math.abs(Math.floor(i / side) - Math.floor(j / side)) === 1,
    ),
  );
  return {
    order,
    neighbors: Int32Array.from(lists.flatMap((list) => [0, 1, 2, 3].map((slot) => list[slot] ?? -1))),
    sizes: Int32Array.from(lists, (list) => list.length),
    weights: new Float64Array(4 * order).fill(coefficient ** 2),
    diagonal: new Float64Array(order).fill(1e-8),
  };
}

interface SevenFit {
  readonly positive: boolean;
  readonly edge_zeroed: boolean;
  readonly coefficient: number;
  readonly F: readonly (readonly number[])[];
  readonly D: readonly number[];
  readonly reconstruction: readonly number[];
  readonly fast_chi_squared: number;
  readonly regularization_term: number;
  readonly log_det_curvature_reg_matrix_term: number;
  readonly log_det_regularization_matrix_term: number;
  readonly noise_normalization: number;
  readonly log_evidence: number;
}

/** 2 s^t D - s^t F s: by how much a source lowers chi-squared. */
function chiSquaredLost({ F, D, reconstruction: s }: SevenFit): number {
  return s.reduce((sum, a, i) => sum + a * (2 * D[i] - s.reduce((row, b, j) => row + F[i][j] * b, 0)), 0);
}

function fitsIn(facts: unknown): readonly Fit[] {
  return listIn<Fit>(facts, 'terms', (each): each is Fit => hasKeys(each, ['lens', 'mesh', 'reg', 'solver']));
}

function sevenFits(facts: unknown): readonly SevenFit[] {
  return listIn<SevenFit>(facts, 'fits', (each): each is SevenFit => hasKeys(each, ['positive', 'F', 'D']));
}

function listIn<T>(facts: unknown, name: string, is: (each: unknown) => each is T): readonly T[] {
  const list = new Map(Object.entries(typeof facts === 'object' && facts !== null ? facts : {})).get(name);
  return Array.isArray(list) ? list.filter(is) : [];
}

function hasKeys(value: unknown, keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

/** seven.json: seven visibilities on 3 x 3 pixels, small enough to read. */
import { findKernel, type NdArray, real, WtildeError } from '@wtilde/core-types';
import type { TestDataset } from '../datasets/dataset.js';
import { problemFields } from '../datasets/problem.js';
import type { GoldenCase } from './goldenCases.js';

export interface SevenFixture {
  readonly dataset: TestDataset;
  readonly cases: readonly GoldenCase[];
}

/** Reads the parsed file. */
export function sevenFixture(json: unknown): SevenFixture {
  const evidence = ['evidence_rectangular_3x3_uniform_mesh_bilinear_constant_0.01'];
  const uv = numbersAt(json, ['uv_wavelengths']);
  const fields = problemFields({
    mask: ['###', '###', '###'],
    pixelScale: numbersAt(json, ['pixel_scale'])[0],
    origin: [0, 0],
    uv: Array.from({ length: 7 }, (_, k) => [uv[2 * k], uv[2 * k + 1]]),
    data: Array.from({ length: 7 }, () => [1, 1]),
    noise: Array.from({ length: 7 }, () => [2, 2]),
    rows: bilinearRows(),
    width: 4,
    pixels: 9,
    edges: gridEdges(),
    slots: 4,
    coefficient: 0.01,
    circle: { shape: [3, 3], scales: [1, 1], centre: [0, 0], radius: 3 },
  });
  const term = (stored: string, entry: string): GoldenCase => ({
    name: stored,
    kernel: findKernel('evidenceTermsFrom'),
    expected: scalar(numbersAt(json, [...evidence, stored])[0]),
    entry,
    allowed: 1e-9,
  });
  return {
    dataset: { name: 'seven', doc: 'seven visibilities on 3 x 3 pixels', fields },
    cases: [
      {
        name: 'w_tilde_preload',
        kernel: findKernel('wTildeCurvaturePreloadInterferometerFrom'),
        expected: preloadTable(json),
        allowed: 1e-12,
      },
      {
        name: 'unweighted_dirty_image',
        kernel: findKernel('dirtyImageInterferometerFrom'),
        // Stored without 1 / n^2 = 1/4.
        expected: real(numbersAt(json, ['unweighted_dirty_image']).map((value) => value / 4)),
        allowed: 1e-8 / 4,
      },
      {
        name: 'noise_normalization',
        kernel: findKernel('noiseNormalizationComplexFrom'),
        expected: scalar(numbersAt(json, [...evidence, 'noise_normalization'])[0]),
        allowed: 1e-9,
      },
      term('log_evidence', 'logEvidence'),
      term('chi_squared', 'chiSquared'),
      term('regularization_term', 'regularizationTerm'),
      term('log_det_curvature_reg_matrix', 'logDetCurvatureRegMatrix'),
      term('log_det_regularization_matrix', 'logDetRegularizationMatrix'),
      {
        ...term('log_evidence', 'logEvidence'),
        name: 'reconstruction',
        entry: 'reconstruction',
        expected: real(numbersAt(json, [...evidence, 'reconstruction'])),
      },
    ],
  };
}

/** T = kron(T1, T1), T1 linear between mesh centres just within the pixel centres, so that the outer rows extrapolate. */
function bilinearRows(): readonly (readonly (readonly [number, number])[])[] {
  const a = 1.5 / (1 + 1e-8);
  const T1 = [
    [a, 1 - a, 0],
    [0, 1, 0],
    [0, 1 - a, a],
  ];
  return T1.flatMap((byRow) =>
    T1.map((byColumn) =>
      byRow.flatMap((y, row) =>
        byColumn.flatMap((x, column): [number, number][] => (x * y === 0 ? [] : [[3 * row + column, x * y]])),
      ),
    ),
  );
}

function gridEdges(): readonly (readonly [number, number])[] {
  const pixels = Array.from({ length: 9 }, (_, pixel) => pixel);
  return pixels.flatMap((pixel): [number, number][] => [
    ...(pixel % 3 < 2 ? [[pixel, pixel + 1] satisfies [number, number]] : []),
    ...(pixel < 6 ? [[pixel, pixel + 3] satisfies [number, number]] : []),
  ]);
}

/** Rows 0 to 2 are stored; row 3 is never addressed, rows 4 and 5 follow from P[-i, -j] = P[i, j]. */
function preloadTable(json: unknown): NdArray {
  const row = (name: string) => numbersAt(json, ['w_tilde_preload', name]);
  const [first, second, third] = [row('row0'), row('row1'), row('row2')];
  const opposite = (values: readonly number[]) => values.map((_, column) => values[(6 - column) % 6]);
  const rows = [first, second, third, new Array<number>(6).fill(0), opposite(third), opposite(second)];
  return real(rows.flat(), [6, 6]);
}

function scalar(value: number): NdArray {
  return real([value], []);
}

/** All numbers below a place of a parsed JSON file, in order. */
function numbersAt(json: unknown, path: readonly string[]): readonly number[] {
  let value = json;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const numbers = flatNumbers(value);
  if (numbers.length > 0) return numbers;
  throw new WtildeError('FileFormat', {
    what: 'there are no numbers at this place',
    where: `seven.json: ${path.join('.')}`,
    remedy: 'use the file as it was published',
  });
}

function flatNumbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.flatMap(flatNumbers) : [];
}

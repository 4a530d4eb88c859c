/** Properties of F and of the vectors and solutions beside it. */
import type { KernelName, NdArray } from '@wtilde/core-types';
import { demand } from '../checkFailed.js';
import { arrayOf } from '../contract/values.js';
import { choleskyPivots } from './cholesky.js';
import { arrayIn, type Lab, numberIn, type Property } from './property.js';
import { transposed } from './transformations.js';

const curvatureKernels: readonly KernelName[] = [
  'curvatureMatrixViaWTildeFrom',
  'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
  'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
  'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom',
];

const symmetricPositive: readonly Property[] = curvatureKernels.map((kernel) => ({
  name: `F of ${kernel} is symmetric and positive semi-definite`,
  kernels: [kernel],
  async holds(lab: Lab) {
    const F = arrayIn(await lab.call(kernel, lab.args(kernel)), 'F');
    lab.same(kernel, lab.args(kernel), transposed(F), F, 'F against its transpose');
    demand(isPositive(F, lab.backend.precision === 'float64' ? 1e-12 : 1e-4), 'F has a negative eigenvalue');
  },
}));

const dataVector: Property = {
  name: 'D is the one-column case of T^t X',
  kernels: ['dataVectorFrom', 'sparseMappingMatrixTransposeMatmul'],
  async holds(lab) {
    const args = lab.args('dataVectorFrom');
    const image = arrayIn(args.dirtyImage, 'the dirty image');
    const sparse = lab.args('sparseMappingMatrixTransposeMatmul');
    const matrix = arrayOf('real', image.data, [...image.shape, 1]);
    const column = arrayIn(await lab.call('sparseMappingMatrixTransposeMatmul', { ...sparse, matrix }), 'T^t X');
    const D = await lab.call('dataVectorFrom', args);
    lab.same('dataVectorFrom', args, arrayOf('real', column.data, [column.shape[0]]), D, 'D against T^t X');
  },
};

const logDeterminant: Property = {
  name: 'logdet H is that of a Cholesky factorization of H',
  kernels: ['constantRegularizationMatrixFrom', 'logDetConstantRegularizationMatrixFrom'],
  async holds(lab) {
    const kernel = 'logDetConstantRegularizationMatrixFrom';
    const args = lab.args(kernel);
    const H = arrayIn(await lab.call('constantRegularizationMatrixFrom', args), 'H');
    const pivots = choleskyPivots(H, 0);
    demand(pivots !== undefined, 'H is not positive definite');
    const expected = pivots.reduce((sum, pivot) => sum + Math.log(pivot), 0);
    const found = numberIn(await lab.call(kernel, args), 'logdet H');
    // A dense factorization loses what the ridge of 1e-8 has on top of the rest.
    const allowed = 1e-6 * H.shape[0];
    demand(Math.abs(found - expected) <= allowed, `logdet H is ${found}, Cholesky gives ${expected}`);
  },
};

const evidenceIsSum: Property = {
  name: 'the log evidence is the sum of its terms',
  kernels: ['evidenceTermsFrom'],
  async holds(lab) {
    const kernel = 'evidenceTermsFrom';
    const args = lab.args(kernel);
    const terms = new Map<string, unknown>(Object.entries(await lab.call(kernel, args)));
    const term = (name: string) => numberIn(terms.get(name), name);
    const misfit = term('chiSquared') + term('regularizationTerm') + term('noiseNormalization');
    const occam = term('logDetCurvatureRegMatrix') - term('logDetRegularizationMatrix');
    const logEvidence = -0.5 * (misfit + occam);
    const same = { ...Object.fromEntries(terms), logEvidence };
    lab.same(kernel, args, numbersAndArrays(same), numbersAndArrays(Object.fromEntries(terms)), 'the sum of the terms');
  },
};

export const curvatureMatrixProperties: readonly Property[] = [
  ...symmetricPositive,
  dataVector,
  logDeterminant,
  evidenceIsSum,
];

function numbersAndArrays(record: Readonly<Record<string, unknown>>): Readonly<Record<string, number | NdArray>> {
  const entries = Object.entries(record).map(([key, value]): [string, number | NdArray] => [
    key,
    typeof value === 'number' ? value : arrayIn(value, key),
  ]);
  return Object.fromEntries(entries);
}

/** True where the matrix has no eigenvalue below -slack times its largest element, as far as Cholesky can tell. */
function isPositive(matrix: NdArray, slack: number): boolean {
  const largest = Array.from(matrix.data).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return largest === 0 || choleskyPivots(matrix, slack * matrix.shape[0] * largest) !== undefined;
}

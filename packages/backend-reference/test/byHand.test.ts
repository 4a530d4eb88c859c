import { complex, index, isWtildeError, radiansPerPixel, real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { createReferenceBackend } from '../src/index.js';

const { kernels } = createReferenceBackend();

/** Two image pixels, three source pixels: the first maps to 0 and 2, the second to 1. */
const mapping = {
  pixIndexesForSubSlimIndex: index([0, 2, 1, -1], [2, 2]),
  pixWeightsForSubSlimIndex: real([0.25, 0.75, 2, Number.NaN], [2, 2]),
  pixels: 3,
};

/** A path 0 - 1 - 2. */
const path = {
  coefficient: 2,
  neighbors: index([1, -1, 0, 2, 1, -1], [3, 2]),
  neighborsSizes: index([1, 2, 1]),
};

function expectClose(actual: Float64Array, expected: readonly number[], error = 1e-14): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(error);
  });
}

describe('worked out by hand', () => {
  it('centres and circles of masks', () => {
    const rectangle = { shapeNative: [5, 7], pixelScales: [0.5, 0.25], centre: [1, -0.5] } as const;
    expectClose(kernels.mask2dCentresFrom(rectangle).data, [0, 1]);
    // A cross: the corners of the 3 x 3 image are further than 1, its edges exactly on the circle.
    const cross = kernels.mask2dCircularFrom({ shapeNative: [3, 3], pixelScales: [1, 1], radius: 1 });
    expect([...cross.data]).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 1]);
  });

  it('W by displacement: a quarter turn per pixel in x, a half turn in y', () => {
    const pixelScale = 0.1;
    const d = radiansPerPixel(pixelScale);
    const visibility = { noiseMapReal: real([0.5]), uvWavelengths: real([0.25 / d, 0.5 / d], [1, 2]), pixelScale };
    // weight 4; cos(pi/2 n - pi m) for m = 0, 1 and n = -1, 0, 1
    const compact = kernels.wCompactCurvatureInterferometerFrom({ gridSize: 2, ...visibility });
    expectClose(compact.data, [0, 4, 0, 0, -4, 0]);
    const native = index([0, 0, 1, 0], [2, 2]);
    const w = kernels.wTildeViaCompactFrom({ wCompact: compact, nativeIndexForSlimIndex: native });
    expectClose(w.data, [4, -4, -4, 4]);
  });

  it('an eighth of a turn tells u from v and the signs', () => {
    const uvWavelengths = real([1 / 8, 0], [1, 2]);
    const [data, noiseMap] = [complex([0, 2]), complex([1, 1])];
    const half = Math.SQRT1_2;
    // phi = 2 pi x / 8 at (y, x) = (0, 1), (1, 0): -Im(v) sin(phi)
    const gridRadiansSlim = real([0, 1, 1, 0], [2, 2]);
    expectClose(kernels.dirtyImageInterferometerFrom({ data, noiseMap, uvWavelengths, gridRadiansSlim }).data, [
      -2 * half,
      0,
    ]);
    // V = exp(-i pi / 4) + 2
    expectClose(kernels.visibilitiesFrom({ image: real([1, 2]), uvWavelengths, gridRadiansSlim }).data, [
      half + 2,
      -half,
    ]);
    // (n^2 / v)^2 = (4 / 8)^2
    const quirk = { visibilitiesReal: real([8]), noiseMapReal: real([2]), uvWavelengths, gridRadiansSlim };
    expectClose(kernels.wTildeDataInterferometerFrom(quirk).data, [0.25 * half, 0.25]);
  });

  it('mapping, data vector and F of a W of ones and twos', () => {
    const mappingMatrix = kernels.mappingMatrixFrom(mapping);
    expectClose(mappingMatrix.data, [0.25, 0, 0.75, 0, 2, 0]);
    expectClose(kernels.dataVectorFrom({ mappingMatrix, dirtyImage: real([4, 3]) }).data, [1, 6, 3]);
    const wTilde = real([2, 1, 1, 2], [2, 2]);
    const expected = [0.125, 0.5, 0.375, 0.5, 8, 1.5, 0.375, 1.5, 1.125];
    expectClose(kernels.curvatureMatrixViaWTildeFrom({ wTilde, mappingMatrix }).data, expected);
    expectClose(kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom({ wTilde, ...mapping }).data, expected);
  });

  it('sub-pixels share their image pixel by its fraction', () => {
    const t = kernels.mappingMatrixFrom({
      ...mapping,
      slimIndexForSubSlimIndex: index([0, 0]),
      totalMaskPixels: 1,
      subFraction: real([0.5]),
    });
    expectClose(t.data, [0.125, 1, 0.375]);
  });

  it('H of a path, and its determinant: 4^2 times 3 spanning-tree weights plus the ridge', () => {
    const { data } = kernels.constantRegularizationMatrixFrom(path);
    expectClose(data, [4 + 1e-8, -4, 0, -4, 8 + 1e-8, -4, 0, -4, 4 + 1e-8]);
    // Eigenvalues of the path's Laplacian: 0, 1, 3.
    const logDet = Math.log(1e-8) + Math.log(4 + 1e-8) + Math.log(12 + 1e-8);
    expect(kernels.logDetConstantRegularizationMatrixFrom(path)).toBeCloseTo(logDet, 12);
  });

  it('a solution, and the evidence of one source pixel', () => {
    const solution = kernels.reconstructionPositiveNegativeFrom({
      dataVector: real([8, 12]),
      curvatureRegMatrix: real([4, 99, 2, 5], [2, 2]),
    });
    expectClose(solution.data, [1, 2]);
    const terms = kernels.evidenceTermsFrom({
      curvatureMatrix: real([3], [1, 1]),
      dataVector: real([8]),
      regularizationMatrix: real([1], [1, 1]),
      logDetRegularizationMatrix: 0.5,
      chiSquared0: 20,
      noiseNormalization: 7,
    });
    // s = 2; chi^2 = 20 - 32 + 12; s^t H s = 4; logdet = log 4
    expectClose(terms.reconstruction.data, [2]);
    expect([terms.chiSquared, terms.regularizationTerm]).toEqual([0, 4]);
    expect(terms.logEvidence).toBeCloseTo(-0.5 * (0 + 4 + Math.log(4) - 0.5 + 7), 14);
  });

  it('sums over the data', () => {
    const [data, noiseMap] = [complex([1, 2, 3, 4]), complex([1, 2, 1, 0.5])];
    expect(kernels.chiSquared0From({ data, noiseMap })).toBe(1 + 1 + 9 + 64);
    const product = (2 * Math.PI) ** 4 * 1 * 4 * 1 * 0.25;
    expect(kernels.noiseNormalizationComplexFrom({ noiseMap })).toBeCloseTo(Math.log(product), 13);
  });

  it('a matrix that is not positive definite is a NumericalFailure', () => {
    const indefinite = { dataVector: real([1, 1]), curvatureRegMatrix: real([1, 0, 2, 1], [2, 2]) };
    expect(() => kernels.reconstructionPositiveNegativeFrom(indefinite)).toThrowError(/row 1.*got -3/);
    try {
      kernels.reconstructionPositiveNegativeFrom(indefinite);
    } catch (error) {
      expect(isWtildeError(error, 'NumericalFailure')).toBe(true);
    }
  });
});

import {
  type ArgumentValue,
  complex,
  index,
  type KernelArgs,
  type KernelName,
  kernelNames,
  type LooseArgs,
  real,
} from '../../src/index.js';

const numbers = (count: number) => Float64Array.from({ length: count }, (_, i) => 1 + i / 8);
const ones = (count: number) => new Float64Array(count).fill(1);

// K = 3 visibilities, N = 2, M = 4 pixels (all of the square), S = 3 source pixels, B = 2, P = 2.
const uvWavelengths = real(numbers(6), [3, 2]);
const noiseMapReal = real(ones(3));
const data = complex(numbers(6));
const noiseMap = complex(ones(6));
const gridRadiansSlim = real([1, 0, 1, 1, 0, 0, 0, 1], [4, 2]);
const gridRadians2d = real([1, 0, 1, 1, 0, 0, 0, 1], [2, 2, 2]);
const nativeIndexForSlimIndex = index([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
const sparse = {
  pixIndexesForSubSlimIndex: index([0, 1, 1, -1, -1, -1, 2, 2], [4, 2]),
  pixWeightsForSubSlimIndex: real([0.5, 0.5, 1, Number.NaN, 0, 0, 0.25, 0.75], [4, 2]),
  pixels: 3,
};
const mesh = {
  coefficient: 1,
  neighbors: index([1, -1, 0, 2, 1, -1], [3, 2]),
  neighborsSizes: index([1, 2, 1]),
};
const wCompact = real([5, 9, 5, 1, 2, 3], [2, 3]);
const wTilde = real(numbers(16), [4, 4]);
// Even: entry (row, column) equals entry (-row, -column), both mod 4.
const preload = real([9, 5, 0, 5, 1, 2, 0, 3, 0, 0, 0, 0, 1, 3, 0, 2], [4, 4]);
const mappingMatrix = real(numbers(12), [4, 3]);
const dirtyImage = real(numbers(4));
const square = real([4, 1, 0, 1, 4, 1, 0, 1, 4], [3, 3]);
const evidence = { dirtyImage, data, noiseMap, ...sparse, ...mesh };

/** Small arguments that kernels accept; weights under a -1 are NaN on purpose. */
export const examples = {
  mask2dCentresFrom: { shapeNative: [5, 7], pixelScales: [0.5, 0.25], centre: [1, -0.5] },
  mask2dCircularFrom: { shapeNative: [5, 7], pixelScales: [0.5, 0.25], radius: 1, centre: [0, 0] },
  wTildeDataInterferometerFrom: { visibilitiesReal: real(numbers(3)), noiseMapReal, uvWavelengths, gridRadiansSlim },
  wTildeCurvatureInterferometerFrom: { noiseMapReal, uvWavelengths, gridRadiansSlim },
  wTildeCurvaturePreloadInterferometerFrom: {
    noiseMapReal,
    uvWavelengths,
    shapeMaskedPixels2d: [2, 2],
    gridRadians2d,
  },
  wCompactCurvatureInterferometerFrom: { gridSize: 2, noiseMapReal, uvWavelengths, pixelScale: 0.1 },
  wTildeViaCompactFrom: { wCompact, nativeIndexForSlimIndex },
  wTildeViaPreloadFrom: { wTildePreload: preload, nativeIndexForSlimIndex },
  mappingMatrixFrom: {
    ...sparse,
    pixSizeForSubSlimIndex: index([2, 1, 0, 2]),
    totalMaskPixels: 4,
    slimIndexForSubSlimIndex: index([0, 0, 1, 3]),
    subFraction: real(ones(4)),
  },
  dataVectorFrom: { mappingMatrix, dirtyImage },
  curvatureMatrixViaWTildeFrom: { wTilde, mappingMatrix },
  curvatureMatrixViaWTildeSparseMappingMatrixFrom: { wTilde, ...sparse },
  curvatureMatrixViaWCompactSparseMappingMatrixFrom: { wCompact, nativeIndexForSlimIndex, ...sparse },
  curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom: {
    curvaturePreload: preload,
    nativeIndexForSlimIndex,
    ...sparse,
  },
  sparseMappingMatrixTransposeMatmul: { matrix: real(numbers(8), [4, 2]), ...sparse },
  constantRegularizationMatrixFrom: mesh,
  reconstructionPositiveNegativeFrom: { dataVector: real(ones(3)), curvatureRegMatrix: square },
  noiseNormalizationComplexFrom: { noiseMap },
  logLikelihoodFunctionViaWTildeFrom: { wTilde, ...evidence },
  logLikelihoodFunctionViaWCompactFrom: { wCompact, nativeIndexForSlimIndex, ...evidence },
  logLikelihoodFunctionViaPreloadFrom: { wTildePreload: preload, nativeIndexForSlimIndex, ...evidence },
  dirtyImageInterferometerFrom: { data, noiseMap, uvWavelengths, gridRadiansSlim },
  evidenceTermsFrom: {
    curvatureMatrix: square,
    dataVector: real(ones(3)),
    regularizationMatrix: square,
    logDetRegularizationMatrix: 1,
    regularizationRowSums: real(ones(3)),
    chiSquared0: 2,
    noiseNormalization: 3,
    pixIndexesForSubSlimIndex: sparse.pixIndexesForSubSlimIndex,
    pixWeightsForSubSlimIndex: sparse.pixWeightsForSubSlimIndex,
    sumOfWeights: 5,
  },
  logDetConstantRegularizationMatrixFrom: mesh,
  chiSquared0From: { data, noiseMap },
  visibilitiesFrom: { image: dirtyImage, uvWavelengths, gridRadiansSlim },
} satisfies { readonly [N in KernelName]?: KernelArgs<N> };

/** The kernels that have an example. A new one need not: the testkit finds arguments for it. */
export const exampled = kernelNames().filter((name) => Object.hasOwn(examples, name));

/** The example of a kernel with some arguments replaced or left out (undefined). */
export function exampleOf(kernel: KernelName, changes: Readonly<Record<string, unknown>> = {}): LooseArgs {
  const known: { readonly [N in KernelName]?: LooseArgs } = examples;
  const args: Record<string, ArgumentValue | undefined> = { ...known[kernel] };
  return Object.assign(args, changes);
}

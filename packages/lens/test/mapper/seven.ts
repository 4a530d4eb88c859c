import { createReferenceBackend } from '@wtilde/backend-reference';
import { complex, type KernelResult, real } from '@wtilde/core-types';
import type { Mapper } from '../../src/index.js';

/** The seven visibilities, of 1 + i with a noise of 2 + 2i, of the unit tests of PyAutoArray and PyAutoLens. */
const uvWavelengths = real(
  [
    [-55636.4609375, 171376.90625],
    [-6903.21923828, 51155.578125],
    [-63488.4140625, 4141.28369141],
    [55502.828125, 47016.7265625],
    [54160.75390625, -99354.1796875],
    [-9327.66308594, -95212.90625],
    [0, 0],
  ].flat(),
  [7, 2],
);
const data = complex(new Float64Array(14).fill(1));
const noiseMap = complex(new Float64Array(14).fill(2));

/** Row and column of 3x3 pixels of 1 arcsec, all of them open. */
const native = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [row, column] as const));

/** Their centres (y, x) in arcsec. */
export const sevenGrid = real(
  native.flatMap(([row, column]) => [1 - row, column - 1]),
  [9, 2],
);

/** The evidence of the seven visibilities through a mapper of the 3x3 pixels, by the reference kernels. */
export function logEvidenceOf(mapper: Mapper, coefficient: number): KernelResult<'evidenceTermsFrom'> {
  const { kernels } = createReferenceBackend();
  const gridRadiansSlim = { ...sevenGrid, data: sevenGrid.data.map((arcsec) => (arcsec * Math.PI) / 648000) };
  const wTilde = kernels.wTildeCurvatureInterferometerFrom({
    noiseMapReal: real(new Float64Array(7).fill(2)),
    uvWavelengths,
    gridRadiansSlim,
  });
  const mappingMatrix = kernels.mappingMatrixFrom({
    pixIndexesForSubSlimIndex: mapper.pixIndexesForSubSlimIndex,
    pixWeightsForSubSlimIndex: mapper.pixWeightsForSubSlimIndex,
    pixels: mapper.pixels,
  });
  const { neighbors, neighborsSizes } = mapper;
  return kernels.evidenceTermsFrom({
    curvatureMatrix: kernels.curvatureMatrixViaWTildeFrom({ wTilde, mappingMatrix }),
    dataVector: kernels.dataVectorFrom({
      mappingMatrix,
      dirtyImage: kernels.dirtyImageInterferometerFrom({ data, noiseMap, uvWavelengths, gridRadiansSlim }),
    }),
    regularizationMatrix: kernels.constantRegularizationMatrixFrom({ coefficient, neighbors, neighborsSizes }),
    logDetRegularizationMatrix: kernels.logDetConstantRegularizationMatrixFrom({
      coefficient,
      neighbors,
      neighborsSizes,
    }),
    chiSquared0: kernels.chiSquared0From({ data, noiseMap }),
    noiseNormalization: kernels.noiseNormalizationComplexFrom({ noiseMap }),
  });
}

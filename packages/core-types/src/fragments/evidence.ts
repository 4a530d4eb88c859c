/** What the three log likelihoods share: parameters, route and yardstick. */
import type { NdArray } from '../arrays.js';
import type { Scale } from '../numericClasses.js';
import * as is from '../params.js';
import type { Route, RouteStep } from '../routes.js';
import { neighbors, neighborsSizes } from './neighbors.js';
import { sparseMapping } from './sparseMapping.js';
import { noiseMap, visibilities } from './visibilities.js';

/** The parameters of an evidence besides those that describe W. */
export const evidenceParams = {
  dirtyImage: is.array('real', ['M'], 'the dirty image'),
  data: visibilities,
  noiseMap,
  ...sparseMapping,
  neighbors,
  neighborsSizes,
  coefficient: is.scalarWithDefault('regularization coefficient c', 1),
};

const mapping = {
  pixIndexesForSubSlimIndex: 'pixIndexesForSubSlimIndex',
  pixWeightsForSubSlimIndex: 'pixWeightsForSubSlimIndex',
  pixels: 'pixels',
};
const mesh = { coefficient: 'coefficient', neighbors: 'neighbors', neighborsSizes: 'neighborsSizes' };

/** F by the given kernel from the given arguments (besides the mapping), then D, H and the float64 end. */
export function evidenceRoute(kernel: string, wArguments: Readonly<Record<string, string>>): Route {
  const curvature: RouteStep = {
    kernel,
    args: { ...wArguments, ...mapping },
    as: 'curvatureMatrix',
  };
  return {
    steps: [
      curvature,
      {
        kernel: 'sparseMappingMatrixTransposeMatmul',
        args: { matrix: { column: 'dirtyImage' }, ...mapping },
        as: 'column',
      },
      { kernel: 'constantRegularizationMatrixFrom', args: mesh, as: 'regularizationMatrix' },
      { kernel: 'logDetConstantRegularizationMatrixFrom', args: mesh, as: 'logDetRegularizationMatrix' },
      { kernel: 'chiSquared0From', args: { data: 'data', noiseMap: 'noiseMap' }, as: 'chiSquared0' },
      { kernel: 'noiseNormalizationComplexFrom', args: { noiseMap: 'noiseMap' }, as: 'noiseNormalization' },
      {
        kernel: 'evidenceTermsFrom',
        args: {
          curvatureMatrix: 'curvatureMatrix',
          dataVector: { flat: 'column' },
          regularizationMatrix: 'regularizationMatrix',
          logDetRegularizationMatrix: 'logDetRegularizationMatrix',
          chiSquared0: 'chiSquared0',
          noiseNormalization: 'noiseNormalization',
        },
        as: 'evidence',
      },
    ],
    result: 'evidence.logEvidence',
  };
}

interface DataAndNoise {
  readonly data: NdArray<'complex'>;
  readonly noiseMap: NdArray<'complex'>;
}

/** The sum of the absolute terms of an evidence as far as they follow from the data. */
export function evidenceScale({ data, noiseMap: noise }: DataAndNoise): Scale {
  const chiSquared0 = data.data.reduce((sum, value, lane) => sum + (value / noise.data[lane]) ** 2, 0);
  return { terms: chiSquared0 + logNoiseTerms(noise) };
}

/** sum over real and imaginary parts of |log(2 pi n^2)| */
export function logNoiseTerms(noise: NdArray<'complex'>): number {
  return noise.data.reduce((sum, value) => sum + Math.abs(Math.log(2 * Math.PI * value ** 2)), 0);
}

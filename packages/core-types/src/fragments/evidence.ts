/** What the kernels of an evidence share: parameters, the record that they return, routes and yardsticks. */
import type { NdArray } from '../arrays.js';
import type { Requirement } from '../descriptor.js';
import type { Yardsticks } from '../numericClasses.js';
import * as is from '../params.js';
import type { Route, RouteStep, Source } from '../routes.js';
import { neighbors, neighborsSizes } from './neighbors.js';
import { paddedRows, sparseMapping, sparseMappingOfMesh } from './sparseMapping.js';
import { noiseMap, visibilities } from './visibilities.js';

const dirtyImage = is.array('real', ['M'], 'the dirty image');

/** The parameters of a log likelihood besides those that describe W. */
export const logLikelihoodParams = {
  dirtyImage,
  data: visibilities,
  noiseMap,
  ...sparseMappingOfMesh,
  neighbors,
  neighborsSizes,
  coefficient: is.scalarWithDefault('regularization coefficient c', 1),
};

/** What an evidence needs of the visibilities besides W: sums that were prepared once, so that nothing knows K. */
export const preparedSums = {
  dirtyImage,
  chiSquared0: is.scalar('chi-squared of an empty source'),
  noiseNormalization: is.scalar('the noise normalization'),
};

/** How far W and the dirty image may be off, as far as it is known: what an error bound adds to that of rounding. */
export const knownErrors = {
  rmsErrorOfW: is.scalarWithDefault('root mean square of the errors of the elements of W', 0, { minimum: 0 }),
  largestErrorOfW: is.scalarWithDefault('largest error of W, at the least displacements', 0, { minimum: 0 }),
  rmsErrorOfDirtyImage: is.scalarWithDefault('root mean square of the errors of the dirty image', 0, { minimum: 0 }),
};

/** A regularization that is no graph: any positive definite matrix, with its log determinant. */
export const regularizationAsMatrix = {
  regularizationMatrix: is.array(
    'real',
    ['S', 'S'],
    'the regularization matrix H, symmetric; only the lower triangle is read',
    { triangle: 'lower' },
  ),
  logDetRegularizationMatrix: is.scalar('logdet H'),
};

/** The evidence, what it is made of, the source, and how far rounding and known errors may have moved it. */
export const evidenceRecord = is.recordResult(
  {
    logEvidence: is.scalarResult('evidence', 'the log evidence'),
    chiSquared: is.scalarResult('evidence', 'chi-squared of the reconstruction'),
    regularizationTerm: is.scalarResult('evidence', 's^t H s'),
    logDetCurvatureRegMatrix: is.scalarResult('evidence', 'logdet(F+H)'),
    logDetRegularizationMatrix: is.scalarResult('evidence', 'logdet H'),
    noiseNormalization: is.scalarResult('evidence', 'the noise normalization, as given'),
    errorBound: is.scalarResult('errorBound', 'how far the log evidence may be off'),
    reconstruction: is.arrayResult('real', ['S'], 'solve', 'the reconstruction s'),
  },
  'the evidence, its terms and its source',
);

/** A mapping that may be left out, both of its arrays or none. */
export const optionalMapping = {
  pixIndexesForSubSlimIndex: optional(sparseMapping.pixIndexesForSubSlimIndex),
  pixWeightsForSubSlimIndex: optional(sparseMapping.pixWeightsForSubSlimIndex),
};

function optional<P extends { readonly doc: string }>(param: P): Omit<P, 'optional'> & { readonly optional: true } {
  return { ...param, doc: `${param.doc}; default: no mapping, and no part of it in the error bound`, optional: true };
}

interface OptionalMapping {
  readonly pixIndexesForSubSlimIndex?: NdArray<'index'> | undefined;
  readonly pixWeightsForSubSlimIndex?: NdArray<'real'> | undefined;
}

/** Both arrays of a mapping or none, and padded as it should be. */
export const paddedRowsIfAny: Requirement<OptionalMapping> = {
  over: paddedRows.over,
  check({ pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, sizes) {
    if (pixIndexesForSubSlimIndex !== undefined && pixWeightsForSubSlimIndex !== undefined) {
      return paddedRows.check({ pixIndexesForSubSlimIndex, pixWeightsForSubSlimIndex }, sizes);
    }
    if (pixIndexesForSubSlimIndex === pixWeightsForSubSlimIndex) return undefined;
    const [there, missing] = pixIndexesForSubSlimIndex === undefined ? ['weights', 'indexes'] : ['indexes', 'weights'];
    return {
      code: 'MissingArgument',
      argument: missing === 'weights' ? 'pixWeightsForSubSlimIndex' : 'pixIndexesForSubSlimIndex',
      what: `a mapping has ${there} and no ${missing}`,
      remedy: 'pass both arrays of the mapping, or none',
    };
  },
};

const mapping = {
  pixIndexesForSubSlimIndex: 'pixIndexesForSubSlimIndex',
  pixWeightsForSubSlimIndex: 'pixWeightsForSubSlimIndex',
  pixels: 'pixels',
};
const mesh = { coefficient: 'coefficient', neighbors: 'neighbors', neighborsSizes: 'neighborsSizes' };
const graph = { neighbors: 'neighbors', neighborsSizes: 'neighborsSizes', weights: 'weights', diagonal: 'diagonal' };

/** Where F comes from: the kernel, its arguments besides the mapping, and which of the parameters is W. */
export interface CurvatureStep {
  readonly kernel: string;
  readonly args: Readonly<Record<string, string>>;
  readonly w: string;
}

/** F and D. */
function linearSteps({ kernel, args }: CurvatureStep): readonly RouteStep[] {
  return [
    { kernel, args: { ...args, ...mapping }, as: 'curvatureMatrix' },
    {
      kernel: 'sparseMappingMatrixTransposeMatmul',
      args: { matrix: { column: 'dirtyImage' }, ...mapping },
      as: 'column',
    },
  ];
}

/** The float64 end, from all that comes before it. */
function endStep({ w }: CurvatureStep, more: Readonly<Record<string, Source>>): RouteStep {
  return {
    kernel: 'evidenceTermsFrom',
    args: {
      curvatureMatrix: 'curvatureMatrix',
      dataVector: { flat: 'column' },
      regularizationMatrix: 'regularizationMatrix',
      logDetRegularizationMatrix: 'logDetRegularizationMatrix',
      chiSquared0: 'chiSquared0',
      noiseNormalization: 'noiseNormalization',
      pixIndexesForSubSlimIndex: 'pixIndexesForSubSlimIndex',
      pixWeightsForSubSlimIndex: 'pixWeightsForSubSlimIndex',
      // W without displacement, which no element of it exceeds.
      sumOfWeights: { largest: w },
      ...more,
    },
    as: 'evidence',
  };
}

const errors = {
  rmsErrorOfW: 'rmsErrorOfW',
  largestErrorOfW: 'largestErrorOfW',
  rmsErrorOfDirtyImage: 'rmsErrorOfDirtyImage',
};

/** A log likelihood: F, D, the constant regularization, the sums over the visibilities and the float64 end. */
export function logLikelihoodRoute(curvature: CurvatureStep): Route {
  return {
    steps: [
      ...linearSteps(curvature),
      { kernel: 'constantRegularizationMatrixFrom', args: mesh, as: 'regularizationMatrix' },
      { kernel: 'logDetConstantRegularizationMatrixFrom', args: mesh, as: 'logDetRegularizationMatrix' },
      { kernel: 'chiSquared0From', args: { data: 'data', noiseMap: 'noiseMap' }, as: 'chiSquared0' },
      { kernel: 'noiseNormalizationComplexFrom', args: { noiseMap: 'noiseMap' }, as: 'noiseNormalization' },
      endStep(curvature, {}),
    ],
    result: 'evidence.logEvidence',
  };
}

/** An evidence whose regularization is a weighted graph: F, D, H and the float64 end. */
export function evidenceRoute(curvature: CurvatureStep): Route {
  return {
    steps: [
      ...linearSteps(curvature),
      { kernel: 'weightedRegularizationMatrixFrom', args: graph, as: 'regularizationMatrix' },
      { kernel: 'logDetWeightedRegularizationMatrixFrom', args: graph, as: 'logDetRegularizationMatrix' },
      endStep(curvature, { ...errors, regularizationRowSums: 'diagonal' }),
    ],
    result: 'evidence',
  };
}

/** An evidence whose regularization is a matrix: F, D and the float64 end. */
export function evidenceOfMatrixRoute(curvature: CurvatureStep): Route {
  return { steps: [...linearSteps(curvature), endStep(curvature, errors)], result: 'evidence' };
}

interface DataAndNoise {
  readonly data: NdArray<'complex'>;
  readonly noiseMap: NdArray<'complex'>;
}

/** The sum of the absolute terms of an evidence as far as they follow from the data. */
export function logLikelihoodYardsticks({ data, noiseMap: noise }: DataAndNoise): Yardsticks {
  const chiSquared0 = data.data.reduce((sum, value, lane) => sum + (value / noise.data[lane]) ** 2, 0);
  return { terms: chiSquared0 + logNoiseTerms(noise) };
}

/** sum over real and imaginary parts of |log(2 pi n^2)| */
export function logNoiseTerms(noise: NdArray<'complex'>): number {
  return noise.data.reduce((sum, value) => sum + Math.abs(Math.log(2 * Math.PI * value ** 2)), 0);
}

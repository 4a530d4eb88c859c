import { type KernelResult, type KernelRunArgs, type RunContext, real, type Sizes } from '@wtilde/core-types';
import {
  derivativeResults,
  evidenceDerivatives,
  evidenceTerms,
  factorEvidence,
  graphDerivatives,
  inSources,
  inverseForms,
  inverseInBasis,
  regularizationOfGraph,
  responseOf,
  weightedGraphOf,
} from '@wtilde/numerics';
import { convolutionCost, curvatureFftCost } from '../costs/curvatures.js';
import { curvatureByConvolution } from '../fourier/curvatureConvolution.js';
import { curvatureByFft, imagesByFft } from '../fourier/curvatureFft.js';
import { type CurvatureOperator, mappingColumns, type SparseMapping } from '../fourier/curvatureOperator.js';
import { imagesByConvolution, wholeOperator } from '../fourier/mappedColumns.js';
import { createMappedProducts } from '../fourier/mappedProducts.js';
import { spectralOperator } from '../fourier/spectralOperator.js';
import { transposeMatmul } from '../linalg/transposeMatmul.js';
import type { VisitImages } from '../sparse/gatherColumns.js';
import type { SparseColumns } from '../sparse/sparseColumns.js';
import { curvatureSizesOf, sparseMappingOf } from './curvatureMethods.js';
import { compactSource } from './operatorSources.js';

type Args = KernelRunArgs<'evidenceDerivativesViaWCompactFrom'>;

/** One way to F and to W T, prepared for any mapping. */
interface Products {
  readonly operator: CurvatureOperator;
  curvature(mapping: SparseMapping): Float64Array;
  images(columns: SparseColumns, visit: VisitImages): void;
}

function byConvolution(operator: CurvatureOperator): Products {
  const whole = wholeOperator(operator);
  return {
    operator,
    curvature: (mapping) => curvatureByConvolution(operator, mapping),
    images: (columns, visit) => imagesByConvolution(whole, columns, visit),
  };
}

function byFft(operator: CurvatureOperator): Products {
  const spectral = spectralOperator(operator);
  return {
    operator,
    curvature: (mapping) => curvatureByFft(spectral, mapping),
    images: (columns, visit) => imagesByFft(spectral, columns, visit),
  };
}

/** The evidence and its derivatives from one factorization; W T is made twice, eight columns at a time, and never held. */
function derivativesFrom(
  { operator, curvature, images }: Products,
  args: Args,
): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const { chiSquared0, noiseNormalization } = args;
  const graph = weightedGraphOf(args);
  const mapping = sparseMappingOf(args);
  const columns = mappingColumns(operator, mapping);
  const prior = graphDerivatives(graph);
  const factored = factorEvidence(curvature(mapping), regularizationOfGraph(graph));
  const dirtyImage = args.dirtyImage.data;
  const terms = evidenceTerms(
    {
      dataVector: transposeMatmul(columns, dirtyImage, 1),
      logDetRegularizationMatrix: prior.logDet,
      chiSquared0,
      noiseNormalization,
    },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  const inverse = inverseInBasis(factored.factor);
  const posterior = inverseForms(inverse, factored, graph);
  inSources(inverse, factored);
  const products = createMappedProducts(operator.image, mapping, inverse, reconstruction, response);
  images(columns, products.add);
  const derivatives = evidenceDerivatives({
    graph,
    pixIndexes: mapping.pixIndexes,
    reconstruction,
    response,
    residual: dirtyImage.map((d, i) => d - products.fit[i]),
    responseImage: products.responseImage,
    covariance: products.covariance,
    posterior,
    prior,
  });
  return { ...derivativeResults(derivatives, args), ...terms, reconstruction: real(reconstruction) };
}

function methodOf(prepare: (operator: CurvatureOperator) => Products, time: (sizes: Sizes) => number) {
  return {
    cost: (sizes: Sizes) => ({
      bytes: 48 * sizes.N ** 2 + 60 * sizes.M * sizes.B + 32 * sizes.S ** 2,
      time: time(sizes) + 0.9 * sizes.S ** 3 + 1.4 * sizes.S * (sizes.nonZeros ?? sizes.M * sizes.B),
    }),
    run: (args: Args, { sizes }: RunContext) => derivativesFrom(prepare(compactSource.operatorOf(args, sizes)), args),
    bind(args: Args, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!compactSource.from.every((name) => fixed.has(name))) return undefined;
      const products = prepare(compactSource.operatorOf(args, sizes));
      return { run: (all: Args) => derivativesFrom(products, all) };
    },
  };
}

/** The methods of an evidence with its derivatives, by how W T is made. */
export const evidenceDerivativesMethods = {
  convolution: methodOf(byConvolution, (sizes) => 3 * convolutionCost(curvatureSizesOf(sizes)).time),
  fft: methodOf(byFft, (sizes) => 2 * curvatureFftCost(curvatureSizesOf(sizes), sizes.N, sizes.N).time),
};

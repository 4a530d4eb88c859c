import {
  type Cost,
  type KernelResult,
  type KernelRunArgs,
  type RunContext,
  real,
  type Sizes,
} from '@wtilde/core-types';
import {
  derivativeResultsByGraph,
  derivativeResultsByMapping,
  derivativesByGraph,
  derivativesByMapping,
  evidenceTerms,
  factorEvidence,
  graphDerivatives,
  inSources,
  inverseForms,
  inverseInBasis,
  mirroredLower,
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
type EndArgs = KernelRunArgs<'evidenceDerivativesByMappingViaWCompactFrom'>;
type CompactArgs = Pick<Args, 'wCompact' | 'nativeIndexForSlimIndex'>;
type WeightedGraphArgs = Pick<Args, 'neighbors' | 'neighborsSizes' | 'weights' | 'diagonal'>;
type OfFactorization = Pick<
  EndArgs,
  'dirtyImage' | 'reconstruction' | 'response' | 'curvatureRegMatrixInverse' | 'pixIndexesForSubSlimIndex'
>;

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

interface MiddleArgs extends WeightedGraphArgs {
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/** All that one factorization of F + H gives: the evidence, its source, the inverse, and the derivatives by the graph. */
export function derivativesByGraphFrom(
  curvatureMatrix: Float64Array,
  dataVector: Float64Array,
  args: MiddleArgs,
): KernelResult<'evidenceDerivativesByGraphFrom'> {
  const graph = weightedGraphOf(args);
  const prior = graphDerivatives(graph);
  const factored = factorEvidence(curvatureMatrix, regularizationOfGraph(graph));
  const { chiSquared0, noiseNormalization } = args;
  const terms = evidenceTerms(
    { dataVector, logDetRegularizationMatrix: prior.logDet, chiSquared0, noiseNormalization },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  const inverse = inverseInBasis(factored.factor);
  const posterior = inverseForms(inverse, factored, graph);
  inSources(inverse, factored);
  const derivatives = derivativesByGraph({ graph, reconstruction, response, posterior, prior });
  return {
    ...terms,
    reconstruction: real(reconstruction),
    response: real(response),
    curvatureRegMatrixInverse: real(inverse, [graph.order, graph.order]),
    ...derivativeResultsByGraph(derivatives, args),
  };
}

/** W T by the inverse on the entries of T, eight columns at a time and never held. */
function derivativesByMappingFrom(
  { operator, images }: Products,
  mapping: SparseMapping,
  columns: SparseColumns,
  { dirtyImage, reconstruction, response, curvatureRegMatrixInverse, pixIndexesForSubSlimIndex }: OfFactorization,
) {
  const [s, q] = [reconstruction.data, response.data];
  const products = createMappedProducts(operator.image, mapping, curvatureRegMatrixInverse.data, s, q);
  images(columns, products.add);
  const derivatives = derivativesByMapping({
    pixIndexes: mapping.pixIndexes,
    reconstruction: s,
    response: q,
    residual: dirtyImage.data.map((d, i) => d - products.fit[i]),
    responseImage: products.responseImage,
    covariance: products.covariance,
  });
  return derivativeResultsByMapping(derivatives, pixIndexesForSubSlimIndex);
}

/** The evidence and its derivatives from one factorization; W T is made twice. */
function derivativesFrom(products: Products, args: Args): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const mapping = sparseMappingOf(args);
  const columns = mappingColumns(products.operator, mapping);
  const dataVector = transposeMatmul(columns, args.dirtyImage.data, 1);
  const middle = derivativesByGraphFrom(products.curvature(mapping), dataVector, args);
  const { response: _, curvatureRegMatrixInverse: __, ...byGraph } = middle;
  return { ...byGraph, ...derivativesByMappingFrom(products, mapping, columns, { ...args, ...middle }) };
}

/** The end alone, with what somebody else has factored. */
function endFrom(products: Products, args: EndArgs): KernelResult<'evidenceDerivativesByMappingViaWCompactFrom'> {
  const mapping = sparseMappingOf(args);
  const inverse = mirroredLower(args.curvatureRegMatrixInverse);
  const given = { ...args, curvatureRegMatrixInverse: inverse };
  return derivativesByMappingFrom(products, mapping, mappingColumns(products.operator, mapping), given);
}

/** A method of either kernel, by how W T is made. Binding prepares W. */
function methodOf<A extends CompactArgs, R>(
  prepare: (operator: CurvatureOperator) => Products,
  from: (products: Products, args: A) => R,
  cost: (sizes: Sizes) => Cost,
) {
  return {
    cost,
    run: (args: A, { sizes }: RunContext) => from(prepare(compactSource.operatorOf(args, sizes)), args),
    bind(args: A, fixed: ReadonlySet<string>, { sizes }: RunContext) {
      if (!compactSource.from.every((name) => fixed.has(name))) return undefined;
      const products = prepare(compactSource.operatorOf(args, sizes));
      return { run: (all: A) => from(products, all) };
    },
  };
}

/** @param passes over W T, in the time of F by convolution and by transforms */
function methodsOf<A extends CompactArgs, R>(
  from: (products: Products, args: A) => R,
  passes: { readonly convolution: number; readonly fft: number },
  rest: (sizes: Sizes) => number,
) {
  const cost = (time: (sizes: Sizes) => number) => (sizes: Sizes) => ({
    bytes: 48 * sizes.N ** 2 + 60 * sizes.M * sizes.B + 32 * sizes.S ** 2,
    time: time(sizes) + 1.4 * sizes.S * (sizes.nonZeros ?? sizes.M * sizes.B) + rest(sizes),
  });
  const { convolution, fft } = passes;
  return {
    convolution: methodOf(
      byConvolution,
      from,
      cost((sizes) => convolution * convolutionCost(curvatureSizesOf(sizes)).time),
    ),
    fft: methodOf(
      byFft,
      from,
      cost((sizes) => fft * curvatureFftCost(curvatureSizesOf(sizes), sizes.N, sizes.N).time),
    ),
  };
}

/** The methods of an evidence with its derivatives, by how W T is made. */
export const evidenceDerivativesMethods = methodsOf(
  derivativesFrom,
  { convolution: 3, fft: 2 },
  ({ S }) => 0.9 * S ** 3,
);

/** The methods of its end. */
export const derivativesByMappingMethods = methodsOf(endFrom, { convolution: 2, fft: 1 }, () => 0);

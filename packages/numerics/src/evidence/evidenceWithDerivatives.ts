import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import { derivativeResultsByGraph, derivativeResultsByMapping } from './derivativeResults.js';
import { addMapped } from './errorBound.js';
import { derivativesByGraph, derivativesByMapping, responseOf } from './evidenceDerivatives.js';
import { mappingRowsOf } from './evidenceRecord.js';
import { evidenceTerms, type FactoredEvidence } from './evidenceTerms.js';
import type { GraphDerivatives } from './graphDerivatives.js';
import { inSources } from './inverse.js';
import { inverseForms } from './inverseForms.js';
import { type RegularizationForm, regularizationOfGraph } from './regularizationForm.js';
import { type WeightedGraph, weightedGraphOf } from './weightedGraph.js';

type Whole = 'evidenceDerivativesViaWCompactFrom';
type Middle = 'evidenceDerivativesByGraphFrom';
type End = 'evidenceDerivativesByMappingViaWCompactFrom';

type MiddleArgs = Omit<KernelRunArgs<Middle>, 'curvatureMatrix' | 'dataVector'>;
type EndArgs = Pick<KernelRunArgs<End>, 'dirtyImage' | 'pixIndexesForSubSlimIndex' | 'reconstruction' | 'response'>;

/** What costs in the middle, as a backend does it. Called in the order in which it stands here. */
export interface FactoredWork<F extends FactoredEvidence> {
  /** log det H and its derivatives. */
  prior(graph: WeightedGraph): GraphDerivatives;
  /** F of the mapping, and F + H factored. */
  factor(regularization: RegularizationForm): F;
  /** The inverse of the matrix that was factored: a row-major, symmetric (S, S), written into from here on. */
  inverse(factored: F): Float64Array;
}

/** What costs from the mapping to the end. */
export interface DerivativesWork<F extends FactoredEvidence> extends FactoredWork<F> {
  /** Products of W T with the inverse, now (F + H)^-1, with s and with q. */
  products(inverse: Float64Array, s: Float64Array, q: Float64Array): MappedProducts;
}

/** What derivatives need of W T. */
export interface MappedProducts {
  /** (M, B) W T (F + H)^-1 on the listed entries of T. */
  readonly covariance: Float64Array;
  /** W T s (M). */
  readonly fit: Float64Array;
  /** W T q (M). */
  readonly responseImage: Float64Array;
}

/** All that one factorization of F + H gives: the evidence, its source, the inverse, and the derivatives by the graph. */
export function evidenceByGraph<F extends FactoredEvidence>(
  args: MiddleArgs,
  dataVector: Float64Array,
  work: FactoredWork<F>,
): KernelResult<Middle> {
  const { chiSquared0, noiseNormalization } = args;
  const graph = weightedGraphOf(args);
  const prior = work.prior(graph);
  const factored = work.factor(regularizationOfGraph(graph));
  const terms = evidenceTerms(
    { dataVector, logDetRegularizationMatrix: prior.logDet, chiSquared0, noiseNormalization },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  const inverse = work.inverse(factored);
  const posterior = inverseForms(inverse, factored, graph);
  inSources(inverse, factored);
  return {
    ...terms,
    reconstruction: real(reconstruction),
    response: real(response),
    curvatureRegMatrixInverse: real(inverse, [graph.order, graph.order]),
    ...derivativeResultsByGraph(derivativesByGraph({ graph, reconstruction, response, posterior, prior }), args),
  };
}

/** The derivatives by the mapping, of what the middle gave. */
export function evidenceByMapping(
  args: EndArgs,
  { covariance, fit, responseImage }: MappedProducts,
): KernelResult<End> {
  const { dirtyImage, pixIndexesForSubSlimIndex, reconstruction, response } = args;
  const derivatives = derivativesByMapping({
    pixIndexes: pixIndexesForSubSlimIndex.data,
    reconstruction: reconstruction.data,
    response: response.data,
    residual: dirtyImage.data.map((d, i) => d - fit[i]),
    responseImage,
    covariance,
  });
  return derivativeResultsByMapping(derivatives, pixIndexesForSubSlimIndex);
}

/** An evidence and its derivatives as the kernel returns them, from one factorization. */
export function evidenceWithDerivatives<F extends FactoredEvidence>(
  args: KernelRunArgs<Whole>,
  work: DerivativesWork<F>,
): KernelResult<Whole> {
  const dataVector = addMapped(mappingRowsOf(args), args.dirtyImage.data, new Float64Array(args.pixels));
  const middle = evidenceByGraph(args, dataVector, work);
  const { response, curvatureRegMatrixInverse, ...byGraph } = middle;
  const products = work.products(curvatureRegMatrixInverse.data, middle.reconstruction.data, response.data);
  return { ...byGraph, ...evidenceByMapping({ ...args, ...middle }, products) };
}

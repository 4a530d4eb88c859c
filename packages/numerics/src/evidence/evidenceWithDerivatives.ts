import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import { derivativeResults } from './derivativeResults.js';
import { addMapped } from './errorBound.js';
import { type DifferentiableEvidence, evidenceDerivatives, responseOf } from './evidenceDerivatives.js';
import { mappingRowsOf } from './evidenceRecord.js';
import { evidenceTerms, type FactoredEvidence } from './evidenceTerms.js';
import type { GraphDerivatives } from './graphDerivatives.js';
import { inSources } from './inverse.js';
import { inverseForms } from './inverseForms.js';
import type { RegularizationForm } from './regularizationForm.js';
import { regularizationOfGraph } from './regularizationForm.js';
import { type WeightedGraph, weightedGraphOf } from './weightedGraph.js';

type Kernel = 'evidenceDerivativesViaWCompactFrom';

/** What costs, as a backend does it. Called in the order in which it stands here. */
export interface DerivativesWork<F extends FactoredEvidence> {
  /** log det H and its derivatives. */
  prior(graph: WeightedGraph): GraphDerivatives;
  /** F of the mapping, and F + H factored. */
  factor(regularization: RegularizationForm): F;
  /** The inverse of the matrix that was factored: a row-major, symmetric (S, S), written into from here on. */
  inverse(factored: F): Float64Array;
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

/** An evidence and its derivatives as the kernel returns them, from one factorization. */
export function evidenceWithDerivatives<F extends FactoredEvidence>(
  args: KernelRunArgs<Kernel>,
  work: DerivativesWork<F>,
): KernelResult<Kernel> {
  const { chiSquared0, noiseNormalization, pixels } = args;
  const dirtyImage = args.dirtyImage.data;
  const graph = weightedGraphOf(args);
  const prior = work.prior(graph);
  const factored = work.factor(regularizationOfGraph(graph));
  const dataVector = addMapped(mappingRowsOf(args), dirtyImage, new Float64Array(pixels));
  const terms = evidenceTerms(
    { dataVector, logDetRegularizationMatrix: prior.logDet, chiSquared0, noiseNormalization },
    factored,
  );
  const { reconstruction } = terms;
  const response = responseOf(factored, graph, terms);
  const inverse = work.inverse(factored);
  const posterior = inverseForms(inverse, factored, graph);
  inSources(inverse, factored);
  const { covariance, fit, responseImage } = work.products(inverse, reconstruction, response);
  const evidence: DifferentiableEvidence = {
    graph,
    pixIndexes: args.pixIndexesForSubSlimIndex.data,
    reconstruction,
    response,
    residual: dirtyImage.map((d, i) => d - fit[i]),
    responseImage,
    covariance,
    posterior,
    prior,
  };
  return { ...derivativeResults(evidenceDerivatives(evidence), args), ...terms, reconstruction: real(reconstruction) };
}

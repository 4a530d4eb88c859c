import { real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import { mappingOf } from '../mapper/mappingArguments.js';
import type { EvidenceKernels } from './boundEvidence.js';
import { type BackendOptions, hostDispatcher } from './hostDispatcher.js';
import type { PreparedDataset } from './prepare.js';
import { graphArguments } from './regularize.js';

/** The steps of an evidence, and of its derivatives, that may run in float32. */
const linear = [
  'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
  'sparseMappingMatrixTransposeMatmul',
  'evidenceDerivativesByMappingViaWCompactFrom',
] as const;

/**
 * A dispatcher that makes F, D and the derivatives by the mapping in float32 where its rules give them, each by itself, to a float32 backend; the rest of
 * an evidence is float64. Precisions by kernel that somebody asked for stay as they are.
 */
export async function evidenceDispatcher(options: BackendOptions): Promise<Dispatcher> {
  const dispatcher = hostDispatcher(options);
  if (typeof options.precision === 'object') return dispatcher;
  const found = await Promise.all(linear.map((kernel) => dispatcher.explain(kernel)));
  const low = linear.filter((_, at) => found[at].precision === 'float32');
  if (low.length === 0) return dispatcher;
  return hostDispatcher({ ...options, precision: Object.fromEntries(low.map((kernel) => [kernel, 'float32'])) });
}

/** Binds a prepared dataset to the evidence, once for each form of prior that is used. */
export function bindEvidence(dispatcher: Dispatcher, prepared: PreparedDataset): EvidenceKernels {
  const { sums, accuracy, gains } = prepared;
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = sums;
  const fixed = {
    wCompact,
    nativeIndexForSlimIndex,
    dirtyImage,
    chiSquared0,
    noiseNormalization,
    rmsErrorOfW: accuracy.wCompact.rms,
    largestErrorOfW: accuracy.wCompact.largest,
    rmsErrorOfDirtyImage: accuracy.dirtyImage.rms,
  };
  const losing = gains && { ...fixed, lostColumns: gains.columns };
  const ofGraph = losing
    ? dispatcher.evidenceViaWCompactLessColumnsFrom.bind(losing)
    : dispatcher.evidenceViaWCompactFrom.bind(fixed);
  const ofMatrix = losing
    ? dispatcher.evidenceViaWCompactOfMatrixLessColumnsFrom.bind(losing)
    : dispatcher.evidenceViaWCompactOfMatrixFrom.bind(fixed);
  return {
    evidenceOf(mapper, prior, how) {
      const mapping = mappingOf(mapper);
      if ('graph' in prior) return ofGraph.record({ ...mapping, ...graphArguments(prior.graph) }, how);
      const { matrix, logDet } = prior;
      const regularizationMatrix = real(matrix, [mapper.pixels, mapper.pixels]);
      return ofMatrix.record({ ...mapping, regularizationMatrix, logDetRegularizationMatrix: logDet }, how);
    },
    dispose() {
      ofGraph.dispose();
      ofMatrix.dispose();
    },
  };
}

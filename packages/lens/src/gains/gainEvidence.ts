/** The evidence where gains have been averaged over. */
import { type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { EvidenceKernels } from '../inversion/boundEvidence.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { graphArguments } from '../inversion/regularize.js';
import { type MappingArgs, mappingOf } from '../mapper/mappingArguments.js';
import { curvatureMatrixOf, type HowToCall } from './curvature.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/**
 * The evidence of a dataset whose gains are averaged over. Cost: S^2 Q beside that of an evidence.
 *
 * @param prepared with its sums but for W as they are then
 */
export function bindGainEvidence(
  dispatcher: Dispatcher,
  prepared: PreparedDataset,
  gains: MarginalisedGains,
): EvidenceKernels {
  const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = prepared.sums;
  const { accuracy } = prepared;
  const scalars = { chiSquared0, noiseNormalization };
  const errorsOf = (ofF: number, ofD: number) => ({
    rmsErrorOfW: ofF * accuracy.wCompact.rms,
    largestErrorOfW: ofF * accuracy.wCompact.largest,
    rmsErrorOfDirtyImage: ofD * accuracy.dirtyImage.rms,
  });
  const ofGraph = dispatcher.evidenceViaWCompactLessColumnsFrom.bind({
    ...scalars,
    ...errorsOf(1, 1),
    wCompact,
    nativeIndexForSlimIndex,
    lostColumns: gains.columns,
    dirtyImage,
  });
  const ofMatrix = dispatcher.evidenceTermsFrom.bind(scalars);
  return {
    async evidenceOf(mapper, prior, how) {
      const mapping = mappingOf(mapper);
      if ('graph' in prior) return await ofGraph.record({ ...mapping, ...graphArguments(prior.graph) }, how);
      const { pixels } = mapping;
      const started = performance.now();
      const { largest, root } = sizesOf(mapping);
      const { result, record } = await ofMatrix.record(
        {
          curvatureMatrix: await curvatureMatrixOf(dispatcher, prepared, mapping, how),
          dataVector: await dataVectorOf(dispatcher, dirtyImage, mapping, how),
          regularizationMatrix: real(prior.matrix, [pixels, pixels]),
          logDetRegularizationMatrix: prior.logDet,
          ...errorsOf(largest, root),
        },
        how,
      );
      return { result, record: { ...record, ms: performance.now() - started } };
    },
    dispose() {
      ofGraph.dispose();
      ofMatrix.dispose();
    },
  };
}

/** D (S). */
export async function dataVectorOf(
  dispatcher: Dispatcher,
  { data }: NdArray<'real'>,
  mapping: MappingArgs,
  how: HowToCall = {},
): Promise<NdArray<'real'>> {
  const matrix = real(data, [data.length, 1]);
  return real((await dispatcher.sparseMappingMatrixTransposeMatmul({ matrix, ...mapping }, how)).data);
}

/** The largest square of a column's absolute sum, and the largest root of a sum of squares: what errors grow by. */
function sizesOf({ pixels, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }: MappingArgs) {
  const [sums, squares] = [new Float64Array(pixels), new Float64Array(pixels)];
  indexes.data.forEach((pixel, at) => {
    if (pixel < 0) return;
    sums[pixel] += Math.abs(weights.data[at]);
    squares[pixel] += weights.data[at] ** 2;
  });
  return { largest: Math.max(...sums) ** 2, root: Math.sqrt(Math.max(...squares)) };
}

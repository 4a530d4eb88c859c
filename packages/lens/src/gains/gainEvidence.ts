/** The evidence where gains have been averaged over. */
import { index, type NdArray, real } from '@wtilde/core-types';
import type { Dispatcher } from '@wtilde/dispatch';
import type { EvidenceKernels } from '../inversion/boundEvidence.js';
import type { PreparedDataset } from '../inversion/prepare.js';
import { graphArguments } from '../inversion/regularize.js';
import { type MappingArgs, mappingOf } from '../mapper/mappingArguments.js';
import { curvatureMatrixOf, type HowToCall, less, squareOf, transposed } from './curvature.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** W - U U^t is held up to so many image pixels: 128 MB. Beyond, F is made of W, and loses X X^t for every model. */
const densePixels = 4096;

/**
 * The evidence of a dataset whose gains are averaged over.
 *
 * Cost: with W - U U^t whatever Q is; without it S^2 Q beside that of an evidence.
 *
 * @param prepared with its sums but for W as they are then
 */
export function bindGainEvidence(
  dispatcher: Dispatcher,
  prepared: PreparedDataset,
  gains: MarginalisedGains,
): EvidenceKernels {
  const { sums, accuracy } = prepared;
  const { dirtyImage, chiSquared0, noiseNormalization } = sums;
  const errorsOf = (ofF: number, ofD: number) => ({
    rmsErrorOfW: ofF * accuracy.wCompact.rms,
    largestErrorOfW: ofF * accuracy.wCompact.largest,
    rmsErrorOfDirtyImage: ofD * accuracy.dirtyImage.rms,
  });
  const scalars = { chiSquared0, noiseNormalization };
  const ofGraph = dispatcher.evidenceViaWTildeFrom.bind(scalars);
  const ofMatrix = dispatcher.evidenceTermsFrom.bind(scalars);
  let dense: ReturnType<typeof bindDense> | undefined;

  async function bindDense() {
    const { wCompact, nativeIndexForSlimIndex } = sums;
    const W = await dispatcher.wTildeViaCompactFrom({ wCompact, nativeIndexForSlimIndex });
    const wTilde = less(W, await squareOf(dispatcher, transposed(gains.columns)));
    return dispatcher.evidenceViaWTildeFrom.bind({ ...scalars, ...errorsOf(1, 1), dirtyImage, wTilde });
  }

  return {
    async evidenceOf(mapper, prior, how) {
      const mapping = mappingOf(mapper);
      const { pixels } = mapping;
      if ('graph' in prior && dirtyImage.data.length <= densePixels) {
        dense ??= bindDense();
        return await (await dense).record({ ...mapping, ...graphArguments(prior.graph) }, how);
      }
      const started = performance.now();
      const F = await curvatureMatrixOf(dispatcher, prepared, mapping, how);
      const D = await dataVectorOf(dispatcher, dirtyImage, mapping, how);
      const { largest, root } = sizesOf(mapping);
      const errors = errorsOf(largest, root);
      const { result, record } =
        'graph' in prior
          ? // F as the W of source pixels that are their own image.
            await ofGraph.record(
              { wTilde: F, dirtyImage: D, ...itself(pixels), ...graphArguments(prior.graph), ...errors },
              how,
            )
          : await ofMatrix.record(
              {
                curvatureMatrix: F,
                dataVector: D,
                regularizationMatrix: real(prior.matrix, [pixels, pixels]),
                logDetRegularizationMatrix: prior.logDet,
                ...errors,
              },
              how,
            );
      return { result, record: { ...record, ms: performance.now() - started } };
    },
    dispose() {
      ofGraph.dispose();
      ofMatrix.dispose();
      void dense?.then((bound) => bound.dispose());
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

function itself(pixels: number): MappingArgs {
  return {
    pixels,
    pixIndexesForSubSlimIndex: index(
      Int32Array.from({ length: pixels }, (_, at) => at),
      [pixels, 1],
    ),
    pixWeightsForSubSlimIndex: real(new Float64Array(pixels).fill(1), [pixels, 1]),
  };
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

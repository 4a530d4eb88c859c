import { WtildeError } from '@wtilde/core-types';
import type { RegularizedMesh } from './kind.js';

/** How bright each source pixel is expected to be. */
export interface PixelSignals {
  /** (S) from 0 to 1. */
  readonly values: Float64Array;
  /** From derivatives by the signals to those by `signalScale` and by the weights (M, B) of the mapping. */
  pull(bySignals: Float64Array): { readonly signalScale: number; readonly mapping: Float64Array };
}

/**
 * The signal of every source pixel: the mean of adapt image times weight over its mappings, relative to the largest such
 * mean, to the power `signalScale`.
 *
 * On natural neighbours the adapt image is averaged with the weights themselves, and one dark image pixel beside: there a
 * mapping comes and goes with a weight of 0 as the lens moves, and a number of mappings would make the evidence jump.
 *
 * A pixel that nothing maps to has none; so has one with a negative mean, where PyAutoLens gets NaN. Cost: O(M B).
 *
 * @throws MissingArgument without an adapt image, InvalidValue where it is nowhere above 0.
 */
export function pixelSignals(mesh: RegularizedMesh, signalScale: number, where: string): PixelSignals {
  const { pixels, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = mesh.mapper;
  const image = adaptImageOf(mesh, where);
  const [rows, slots] = indexes.shape;
  const byWeight = mesh.natural !== undefined;
  const means = new Float64Array(pixels);
  /** What the sums of a mean are divided by. */
  const counts = new Float64Array(pixels).fill(byWeight ? 1 : 0);
  forEachEntry(indexes.data, rows, slots, (entry, row, pixel) => {
    means[pixel] += image[row] * weights.data[entry];
    counts[pixel] += byWeight ? weights.data[entry] : 1;
  });
  for (let pixel = 0; pixel < pixels; pixel++) means[pixel] /= Math.max(counts[pixel], 1);
  const brightest = means.reduce((best, mean, pixel) => (mean > means[best] ? pixel : best), 0);
  const most = means[brightest];
  if (!(most > 0)) throw dark(where);
  const ratios = means.map((mean) => Math.max(mean / most, 0));
  const values = ratios.map((ratio) => ratio ** signalScale);
  return {
    values,
    pull(bySignals) {
      let [byScale, byBrightest] = [0, 0];
      const byMeans = bySignals.map((each, pixel) => {
        if (ratios[pixel] === 0 || pixel === brightest) return 0;
        byScale += each * values[pixel] * Math.log(ratios[pixel]);
        const byLog = each * values[pixel] * signalScale;
        byBrightest -= byLog / most;
        return byLog / means[pixel];
      });
      byMeans[brightest] += byBrightest;
      const mapping = new Float64Array(weights.data.length);
      forEachEntry(indexes.data, rows, slots, (entry, row, pixel) => {
        mapping[entry] = (byMeans[pixel] * (byWeight ? image[row] - means[pixel] : image[row])) / counts[pixel];
      });
      return { signalScale: byScale, mapping };
    },
  };
}

function forEachEntry(
  indexes: Int32Array,
  rows: number,
  slots: number,
  visit: (entry: number, row: number, pixel: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    for (let entry = row * slots; entry < (row + 1) * slots && indexes[entry] >= 0; entry++) {
      visit(entry, row, indexes[entry]);
    }
  }
}

function adaptImageOf({ adaptImage }: RegularizedMesh, where: string): Float64Array {
  if (adaptImage !== undefined) return adaptImage;
  throw new WtildeError('MissingArgument', {
    what: 'there is no image that the source could be adapted to',
    where: `regularization ${where}`,
    expected: 'an adapt image: the lensed source as an earlier model has it',
    actual: 'none',
    remedy:
      'pass adaptImage, such as the mappedReconstructedImage() of an earlier evidence; --adapt-image on the command line',
  });
}

function dark(where: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the adapt image is nowhere above 0',
    where: `regularization ${where}`,
    expected: 'an image of the lensed source',
    actual: 'no source pixel with a signal',
    remedy: 'pass the image of a source that has been reconstructed',
  });
}

import { type NdArray, real, sizeOf, WtildeError } from '@wtilde/core-types';
import type { VisibilityTriple } from './triple.js';

/**
 * K, where an image is a list of pairs: (K, 2), with any axes of extent 1 beside, as other tools write them.
 *
 * @throws ShapeMismatch, which says what else the image may be.
 */
export function pairCount({ shape }: Pick<NdArray, 'shape'>, where: string): number {
  const lists = shape.slice(0, -1).filter((extent) => extent !== 1);
  if (shape.length > 1 && shape.at(-1) === 2 && lists.length < 2) return sizeOf(lists);
  throw new WtildeError('ShapeMismatch', {
    what: 'the image is not a list of pairs',
    where,
    expected: '[K, 2]',
    actual: `[${shape.join(', ')}]`,
    remedy: remedyFor(shape, lists),
  });
}

/** An image of pairs, such as baselines, as (K, 2), without axes of extent 1; throws ShapeMismatch where it is none. */
export function pairsOf(image: NdArray<'real'>, where: string): NdArray<'real'> {
  return real(image.data, [pairCount(image, where), 2]);
}

function remedyFor(shape: readonly number[], lists: readonly number[]): string {
  if (shape.at(-1) === 2 && lists.length > 1) {
    return 'this is a cube: write one channel or polarization alone, as an image with NAXIS1 = 2 and NAXIS2 = K';
  }
  if (shape.filter((extent) => extent !== 1)[0] === 2) {
    return 'transpose it: the two parts of a visibility stand side by side, so NAXIS1 = 2 and NAXIS2 = K';
  }
  return 'write an image with NAXIS1 = 2 and NAXIS2 = K';
}

/** Throws ShapeMismatch where three files differ in K. */
export function requireSameCount(counts: VisibilityTriple<number>): void {
  const { data, noiseMap, uvWavelengths } = counts;
  if (data === noiseMap && data === uvWavelengths) return;
  throw new WtildeError('ShapeMismatch', {
    what: 'the three files differ in their number of visibilities',
    where: 'data, noiseMap, uvWavelengths',
    expected: 'one K',
    actual: `${data}, ${noiseMap}, ${uvWavelengths}`,
    remedy: 'use the three files of one dataset',
  });
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type NdArray, WtildeError } from '@wtilde/core-types';
import { fileKind } from '@wtilde/data/node';
import type { PreparedDataset } from '@wtilde/lens';
import { arrayIn } from './array.js';
import { arraysName } from './pictures.js';
import { skyImage } from './skyImage.js';

/** What `wtilde evidence --out` and `wtilde fit --out` call it, and what others may. */
const names = ['adapt_image', 'mapped_reconstructed_image'];

/** The file of an adapt image: of a folder of results, that of its arrays. */
export async function adaptImageFile(path: string): Promise<string> {
  const there = await stat(path).catch(() => undefined);
  return there?.isDirectory() ? join(path, arraysName) : path;
}

/**
 * An adapt image of a file, or of the folder of an earlier result: the open pixels, or a whole image, which lies as its world
 * coordinates say.
 */
export async function adaptImageIn(path: string): Promise<NdArray<'real'>> {
  const file = await adaptImageFile(path);
  const { id } = await fileKind(file);
  if (id === 'fits' || id === 'gzip') return (await skyImage(file, undefined, undefined)).image;
  return await arrayIn(file, names);
}

/** Throws ShapeMismatch where an adapt image is not on the pixels of a dataset. */
export function requirePixelsOf({ mask: { mask } }: PreparedDataset, { shape }: NdArray<'real'>, data: string): void {
  const open = mask.data.reduce((count, masked) => count + (masked === 0 ? 1 : 0), 0);
  const expected = shape.length === 1 ? [open] : mask.shape;
  if (shape.length === expected.length && expected.every((extent, axis) => extent === shape[axis])) return;
  throw new WtildeError('ShapeMismatch', {
    what: 'the adapt image is not on the pixels of the dataset',
    where: '--adapt-image',
    expected: `${open} open pixels, or ${mask.shape.join(' x ')} pixels: those of ${data}`,
    actual: shape.join(' x '),
    remedy: 'make the image anew with the mask of the dataset; several datasets that follow one image need one mask',
  });
}

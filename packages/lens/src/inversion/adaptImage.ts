import type { NdArray } from '@wtilde/core-types';
import { WtildeError } from '@wtilde/core-types';
import { checkArray } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { shown } from '../arguments/shown.js';
import type { Mask2D } from '../mask/mask2d.js';

/**
 * An adapt image at the open pixels of a mask (M), from one at them or from a whole image (Ny, Nx).
 *
 * @throws DTypeMismatch, ShapeMismatch, InvalidValue where an open pixel is not finite.
 */
export function slimAdaptImage(image: NdArray<'real'>, { mask }: Mask2D): Float64Array {
  const open = mask.data.reduce((count, masked) => count + (masked === 0 ? 1 : 0), 0);
  const isWhole = isJsonObject(image) && Array.isArray(image.shape) && image.shape.length === 2;
  checkArray(image, ['real'], isWhole ? mask.shape : [open], 'adaptImage');
  const slim = isWhole ? image.data.filter((_, at) => mask.data[at] === 0) : image.data;
  const at = slim.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return slim;
  throw new WtildeError('InvalidValue', {
    what: 'the adapt image is not finite',
    where: 'adaptImage',
    expected: 'finite numbers at every open pixel of the mask',
    actual: `${shown(slim[at])} at open pixel ${at}`,
    remedy: 'correct the image',
  });
}

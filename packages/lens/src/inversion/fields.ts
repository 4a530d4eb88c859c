import { real, WtildeError } from '@wtilde/core-types';
import { type Fields, operatorFields, operatorOf, requireField } from '@wtilde/data';
import { geometryOf } from '../mask/geometry.js';
import { type Mask2D, maskOf } from '../mask/mask2d.js';
import type { PreparedDataset } from './prepare.js';

/** A prepared dataset as fields for an npz file: those of `operatorFields`, the mask, and what it was drawn with. */
export function preparedFields({ mask, operator }: PreparedDataset): Fields {
  const { outline } = mask;
  return {
    ...operatorFields(operator),
    mask: mask.mask,
    ...(outline === undefined
      ? {}
      : { mask_outline: real([...outline.centre, outline.innerRadius, outline.outerRadius]) }),
  };
}

/**
 * The prepared dataset that {@link preparedFields} made fields of.
 *
 * @throws MissingArgument or DTypeMismatch for a field that is not there or not of its type, ShapeMismatch where the mask
 *   is not that of the other fields.
 */
export function preparedFrom(fields: Fields): PreparedDataset {
  const operator = operatorOf(fields);
  const drawn = maskOf(requireField(fields, 'mask', 'bool'), operator.pixelScale);
  const mask: Mask2D = fields.mask_outline === undefined ? drawn : { ...drawn, outline: outlineOf(fields) };
  const { gridSize, pixels } = geometryOf(mask);
  if (gridSize !== operator.gridSize || pixels !== operator.dirtyImage.shape[0]) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the mask is not that of the dirty image',
      where: 'mask',
      expected: `${operator.dirtyImage.shape[0]} open pixels in a square of ${operator.gridSize}`,
      actual: `${pixels} in a square of ${gridSize}`,
      remedy: 'prepare the dataset again',
    });
  }
  return { mask, operator };
}

function outlineOf(fields: Fields) {
  const [y, x, innerRadius, outerRadius] = requireField(fields, 'mask_outline', 'real').data;
  return { centre: [y, x] as const, innerRadius, outerRadius };
}

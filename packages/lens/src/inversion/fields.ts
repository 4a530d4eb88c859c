import { real, WtildeError } from '@wtilde/core-types';
import { type Fields, operatorFields, operatorOf, requireField } from '@wtilde/data';
import { checkGiven } from '../arguments/checkArguments.js';
import { geometryOf } from '../mask/geometry.js';
import { type Mask2D, maskOf } from '../mask/mask2d.js';
import type { Baselines } from '../warnings/baselines.js';
import { datasetWarnings } from '../warnings/datasetWarnings.js';
import { nothingToSee } from './checkChunk.js';
import type { PreparedDataset } from './prepare.js';

/**
 * A prepared dataset as fields for an npz file: those of `operatorFields`, the mask, what it was drawn with, and the
 * shortest and longest baseline.
 */
export function preparedFields({ mask, operator, baselines }: PreparedDataset): Fields {
  const { outline } = mask;
  return {
    ...operatorFields(operator),
    mask: mask.mask,
    ...(outline === undefined
      ? {}
      : { mask_outline: real([...outline.centre, outline.innerRadius, outline.outerRadius]) }),
    ...(baselines === undefined ? {} : { baseline_range: real([baselines.shortest, baselines.longest]) }),
  };
}

/**
 * The prepared dataset that {@link preparedFields} made fields of.
 *
 * @throws MissingArgument or DTypeMismatch for a field that is not there or not of its type, ShapeMismatch where the mask
 *   is not that of the other fields; InvalidValue where no visibility went in.
 */
export function preparedFrom(fields: Fields): PreparedDataset {
  checkGiven(fields, 'preparedFrom', []);
  const operator = operatorOf(fields);
  if (!(operator.visibilities > 0)) throw nothingToSee('prepared dataset', operator.flagged);
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
  const baselines = baselinesIn(fields);
  return { mask, operator, baselines, warnings: datasetWarnings({ mask, baselines }) };
}

/** Files of before have none. */
function baselinesIn(fields: Fields): Baselines | undefined {
  if (fields.baseline_range === undefined) return undefined;
  const [shortest, longest] = requireField(fields, 'baseline_range', 'real').data;
  return { shortest, longest };
}

function outlineOf(fields: Fields) {
  const [y, x, innerRadius, outerRadius] = requireField(fields, 'mask_outline', 'real').data;
  return { centre: [y, x] as const, innerRadius, outerRadius };
}

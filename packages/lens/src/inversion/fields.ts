import { type NdArray, type PreparedVisibilities, real, WtildeError } from '@wtilde/core-types';
import { type Fields, preparedVisibilitiesFields, preparedVisibilitiesOf, requireField } from '@wtilde/data';
import { checkGiven } from '../arguments/checkArguments.js';
import { gainFields, gainsIn } from '../gains/gainFields.js';
import { geometryOf } from '../mask/geometry.js';
import { type Mask2D, maskOf } from '../mask/mask2d.js';
import type { Baselines } from '../warnings/baselines.js';
import { datasetWarnings } from '../warnings/datasetWarnings.js';
import { type ElementAccuracy, type PreparedAccuracy, promisedAccuracy } from './accuracy.js';
import type { PreparedDataset } from './prepare.js';

/**
 * A prepared dataset as fields for an npz file: those of `preparedVisibilitiesFields`, how exact they are, the mask, what it was
 * drawn with, the primary beam, what gains are averaged over, and the shortest and longest baseline.
 */
export function preparedFields({ mask, sums, primaryBeam, gains, accuracy, baselines }: PreparedDataset): Fields {
  const { outline } = mask;
  return {
    ...preparedVisibilitiesFields(sums),
    w_compact_accuracy: accuracyField(accuracy.wCompact),
    dirty_image_accuracy: accuracyField(accuracy.dirtyImage),
    mask: mask.mask,
    ...(primaryBeam === undefined ? {} : { primary_beam: primaryBeam }),
    ...(gains === undefined ? {} : gainFields(gains)),
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
  const sums = preparedVisibilitiesOf(fields);
  const drawn = maskOf(requireField(fields, 'mask', 'bool'), sums.pixelScale);
  const mask: Mask2D = fields.mask_outline === undefined ? drawn : { ...drawn, outline: outlineOf(fields) };
  const { gridSize, pixels } = geometryOf(mask);
  if (gridSize !== sums.gridSize || pixels !== sums.dirtyImage.shape[0]) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the mask is not that of the dirty image',
      where: 'mask',
      expected: `${sums.dirtyImage.shape[0]} open pixels in a square of ${sums.gridSize}`,
      actual: `${pixels} in a square of ${gridSize}`,
      remedy: 'prepare the dataset again',
    });
  }
  const baselines = baselinesIn(fields);
  return {
    mask,
    sums,
    ...(fields.primary_beam === undefined ? {} : { primaryBeam: requireField(fields, 'primary_beam', 'real') }),
    ...(fields.gain_columns === undefined ? {} : { gains: gainsIn(fields, pixels) }),
    accuracy: accuracyIn(fields, sums),
    baselines,
    warnings: datasetWarnings({ mask, baselines }),
  };
}

/** What computed, by its code in a file. */
const instructions = [undefined, 'simd128', 'relaxed'];

/** Bits of the precision, root mean square and largest error of an element, and the code of the vector instructions. */
function accuracyField({ precision, rms, largest, simd }: ElementAccuracy): NdArray<'real'> {
  return real([precision === 'float64' ? 64 : 32, rms, largest, Math.max(0, instructions.indexOf(simd))]);
}

function accuracyIn(fields: Fields, sums: PreparedVisibilities): PreparedAccuracy {
  const promised = promisedAccuracy(sums, {
    wCompact: { precision: 'float64' },
    dirtyImage: { precision: 'float64' },
  });
  const read = (name: string, otherwise: ElementAccuracy): ElementAccuracy => {
    if (fields[name] === undefined) return otherwise;
    const [bits, rms, largest, code] = requireField(fields, name, 'real').data;
    const simd = instructions[code];
    return { precision: bits === 32 ? 'float32' : 'float64', ...(simd === undefined ? {} : { simd }), rms, largest };
  };
  return {
    wCompact: read('w_compact_accuracy', promised.wCompact),
    dirtyImage: read('dirty_image_accuracy', promised.dirtyImage),
  };
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

import { type PreparedVisibilities, WtildeError } from '@wtilde/core-types';
import { type Fields, indexScalar, realScalar, requireField } from '../fields.js';
import { requireVisibilities } from '../fits/usable.js';
import { readNpz } from '../npz/read.js';
import { writeNpz } from '../npz/write.js';

/**
 * A prepared dataset as fields under the names of its parts: everything a likelihood needs of the visibilities, small
 * whatever their number. The names are those under which the kernels look for their inputs.
 */
export function preparedVisibilitiesFields(sums: PreparedVisibilities): Fields {
  return {
    w_compact: sums.wCompact,
    dirty_image: sums.dirtyImage,
    chi_squared_0: realScalar(sums.chiSquared0),
    noise_normalization: realScalar(sums.noiseNormalization),
    grid_size: indexScalar(sums.gridSize),
    pixel_scale: realScalar(sums.pixelScale),
    grid_radians_slim: sums.gridRadiansSlim,
    native_index_for_slim_index: sums.nativeIndexForSlimIndex,
    visibilities: realScalar(sums.visibilityCount),
    flagged: realScalar(sums.flaggedCount),
  };
}

/**
 * The prepared dataset that {@link preparedVisibilitiesFields} made fields of.
 *
 * @throws MissingArgument or DTypeMismatch; ShapeMismatch for a number that is none; InvalidValue where no visibility went
 *   in.
 */
export function preparedVisibilitiesOf(fields: Fields): PreparedVisibilities {
  const number = (name: string) => requireNumber(fields, name, 'real');
  const sums = {
    wCompact: requireField(fields, 'w_compact', 'real'),
    dirtyImage: requireField(fields, 'dirty_image', 'real'),
    chiSquared0: number('chi_squared_0'),
    noiseNormalization: number('noise_normalization'),
    gridSize: requireNumber(fields, 'grid_size', 'index'),
    pixelScale: number('pixel_scale'),
    gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
    nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
    visibilityCount: number('visibilities'),
    flaggedCount: number('flagged'),
  };
  requireVisibilities(sums.visibilityCount + sums.flaggedCount, sums.flaggedCount, 'visibilities');
  return sums;
}

function requireNumber(fields: Fields, name: string, dtype: 'real' | 'index'): number {
  const { data, shape } = requireField(fields, name, dtype);
  if (data.length === 1) return data[0];
  throw new WtildeError('ShapeMismatch', {
    what: 'the array is not a single number',
    where: name,
    expected: 'shape []',
    actual: `[${shape.join(', ')}]`,
    remedy: 'prepare the dataset again',
  });
}

/** A prepared dataset as an npz file. */
export function writePreparedVisibilities(sums: PreparedVisibilities): Uint8Array {
  return writeNpz(preparedVisibilitiesFields(sums));
}

/** The prepared dataset of an npz file. */
export function readPreparedVisibilities(bytes: Uint8Array): PreparedVisibilities {
  return preparedVisibilitiesOf(readNpz(bytes));
}

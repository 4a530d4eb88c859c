import { type DatasetOperator, WtildeError } from '@wtilde/core-types';
import { type Fields, indexScalar, realScalar, requireField } from '../fields.js';
import { requireVisibilities } from '../fits/usable.js';
import { readNpz } from '../npz/read.js';
import { writeNpz } from '../npz/write.js';

/**
 * A prepared dataset as fields under the names of its parts: everything a likelihood needs of the visibilities, small
 * whatever their number. The names are those under which the kernels look for their inputs.
 */
export function operatorFields(operator: DatasetOperator): Fields {
  return {
    w_compact: operator.wCompact,
    dirty_image: operator.dirtyImage,
    chi_squared_0: realScalar(operator.chiSquared0),
    noise_normalization: realScalar(operator.noiseNormalization),
    grid_size: indexScalar(operator.gridSize),
    pixel_scale: realScalar(operator.pixelScale),
    grid_radians_slim: operator.gridRadiansSlim,
    native_index_for_slim_index: operator.nativeIndexForSlimIndex,
    visibilities: realScalar(operator.visibilities),
    flagged: realScalar(operator.flagged),
  };
}

/**
 * The prepared dataset that {@link operatorFields} made fields of.
 *
 * @throws MissingArgument or DTypeMismatch; ShapeMismatch for a number that is none; InvalidValue where no visibility went
 *   in.
 */
export function operatorOf(fields: Fields): DatasetOperator {
  const number = (name: string) => requireNumber(fields, name, 'real');
  const operator = {
    wCompact: requireField(fields, 'w_compact', 'real'),
    dirtyImage: requireField(fields, 'dirty_image', 'real'),
    chiSquared0: number('chi_squared_0'),
    noiseNormalization: number('noise_normalization'),
    gridSize: requireNumber(fields, 'grid_size', 'index'),
    pixelScale: number('pixel_scale'),
    gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
    nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
    visibilities: number('visibilities'),
    flagged: number('flagged'),
  };
  requireVisibilities(operator.visibilities + operator.flagged, operator.flagged, 'visibilities');
  return operator;
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
export function writeOperator(operator: DatasetOperator): Uint8Array {
  return writeNpz(operatorFields(operator));
}

/** The prepared dataset of an npz file. */
export function readOperator(bytes: Uint8Array): DatasetOperator {
  return operatorOf(readNpz(bytes));
}

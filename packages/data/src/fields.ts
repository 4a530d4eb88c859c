import { type DType, index, type NdArray, real, WtildeError } from '@wtilde/core-types';

/**
 * The named arrays of one problem, keyed by the argument name that upstream uses (snake_case, such
 * as `uv_wavelengths`). Scalars are arrays of shape [], pairs are arrays of shape [2].
 */
export type Fields = Readonly<Record<string, NdArray>>;

/** The array of that name, or undefined. Names such as `constructor` are names like any other. */
export function fieldNamed(fields: Fields, name: string): NdArray | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * The array of that name and dtype.
 *
 * @throws MissingArgument, with a list of what is there, where no array has the name; DTypeMismatch
 *   where it has another dtype.
 */
export function requireField<D extends DType>(fields: Fields, name: string, dtype: D): NdArray<D> {
  const field = fieldNamed(fields, name);
  if (field === undefined) {
    throw new WtildeError('MissingArgument', {
      what: 'the array is not there',
      where: name,
      expected: name,
      actual: Object.keys(fields).sort().join(', ') || 'nothing',
      remedy: 'add it to the file',
    });
  }
  if (hasDType(field, dtype)) return field;
  throw new WtildeError('DTypeMismatch', {
    what: 'the array has another type',
    where: name,
    expected: dtype,
    actual: field.dtype,
    remedy: 'convert it before saving',
  });
}

/** A real scalar as a field: shape []. */
export function realScalar(value: number): NdArray<'real'> {
  return real([value], []);
}

/** An integer scalar as a field: shape []. */
export function indexScalar(value: number): NdArray<'index'> {
  return index([value], []);
}

function hasDType<D extends DType>(array: NdArray, dtype: D): array is NdArray<D> {
  return array.dtype === dtype;
}

import {
  type ArgumentValue,
  type DType,
  describeParam,
  type ErrorCode,
  type NdArray,
  type Param,
  real,
  WtildeError,
} from '@wtilde/core-types';

/**
 * A field as the argument that a parameter asks for: arrays as they are (integers where reals are
 * asked for become real), scalars and pairs from arrays of one and two numbers.
 *
 * @throws DTypeMismatch or ShapeMismatch where the field cannot be that argument. Shapes of arrays
 *   are left to the kernel's own validation, which knows the other arguments.
 */
export function fieldAsArgument(field: NdArray, param: Param, where: string): ArgumentValue {
  if (param.kind === 'array') return asDType(field, param, where);
  if (field.dtype !== 'real' && field.dtype !== 'index') {
    throw mismatch('DTypeMismatch', 'the field has another type', param, field, where);
  }
  const count = param.kind === 'scalar' ? 1 : 2;
  if (field.shape.length > 1 || field.data.length !== count) {
    throw mismatch('ShapeMismatch', 'the field has another number of values', param, field, where);
  }
  return count === 1 ? field.data[0] : [field.data[0], field.data[1]];
}

function asDType(field: NdArray, param: Param & { readonly dtype: DType }, where: string): NdArray {
  if (field.dtype === param.dtype) return field;
  if (field.dtype === 'index' && param.dtype === 'real') return real(field.data, field.shape);
  throw mismatch('DTypeMismatch', 'the field has another type', param, field, where);
}

function mismatch(code: ErrorCode, what: string, param: Param, field: NdArray, where: string): WtildeError {
  return new WtildeError(code, {
    what,
    where,
    expected: describeParam(param),
    actual: `${field.dtype} of shape [${field.shape.join(', ')}]`,
    remedy: 'save it with the type and shape that the kernel asks for',
  });
}

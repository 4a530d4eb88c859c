import { bool, complex, type DType, index, lanes, type NdArray, real, sizeOf, WtildeError } from '@wtilde/core-types';
import { malformed, type ReadOptions, sizeLimit, tooLarge } from '../fileErrors.js';
import { type ElementType, elementType } from './elementTypes.js';
import { parseNpyHeader } from './header.js';

/** The size limit of {@link readNpy} and of the NPZ readers, in bytes unpacked: 2 GiB. */
export const npyMaxBytes: number = 2 * 2 ** 30;

/**
 * Reads a NumPy array file (NPY 1.0 to 3.0).
 *
 * float64 and float32 become real, complex128 and complex64 complex, integers index (int32), bool
 * bool. Fortran order is transposed into C order, either byte order is read.
 *
 * @throws FileFormat where the bytes are no complete NPY array; DTypeMismatch for types without a
 *   counterpart; InvalidValue where an integer does not fit into int32; FileTooLarge beyond
 *   `maxBytes` (default 2 GiB).
 */
export function readNpy(bytes: Uint8Array, options: ReadOptions = {}): NdArray {
  const where = options.where ?? 'NPY bytes';
  const limit = sizeLimit(options, npyMaxBytes);
  const { descr, fortranOrder, shape, dataStart } = parseNpyHeader(bytes, where);
  const type = elementType(descr, where);
  const perElement = lanes(type.dtype);
  const count = sizeOf(shape);
  const needed = count * perElement * type.bytes;
  if (needed > limit) throw tooLarge(where, needed, limit);
  if (needed !== bytes.length - dataStart) {
    throw malformed(where, 'the number of data bytes does not belong to the shape', {
      expected: `${needed} bytes for ${descr} of shape [${shape.join(', ')}]`,
      actual: `${bytes.length - dataStart}`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, needed);
  const values = allocate(type.dtype, count * perElement);
  if (fortranOrder && shape.length > 1) {
    fillTransposed(values, view, type, shape);
  } else {
    for (let i = 0; i < values.length; i++) values[i] = type.read(view, i * type.bytes);
  }
  if (type.dtype === 'index') requireInt32(values, view, type, fortranOrder, where);
  return wrap(type.dtype, values, shape);
}

function fillTransposed(
  values: Float64Array | Int32Array | Uint8Array,
  view: DataView,
  type: ElementType,
  shape: readonly number[],
): void {
  const perElement = lanes(type.dtype);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const position = shape.map(() => 0);
  let source = 0;
  for (let i = 0; i < values.length; i += perElement) {
    for (let lane = 0; lane < perElement; lane++) {
      values[i + lane] = type.read(view, (source * perElement + lane) * type.bytes);
    }
    // Count up like an odometer, the last axis fastest: C order.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis];
      if (++position[axis] < shape[axis]) break;
      source -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
}

/** Int32Array wraps silently, so what was stored is compared with what the file holds. */
function requireInt32(
  values: Float64Array | Int32Array | Uint8Array,
  view: DataView,
  type: ElementType,
  transposed: boolean,
  where: string,
): void {
  if (type.bytes < 4) return;
  for (let i = 0; i < values.length; i++) {
    const stored = type.read(view, i * type.bytes);
    if (stored === (stored | 0)) continue;
    throw new WtildeError('InvalidValue', {
      what: 'the integer does not fit into int32',
      where: `${where}, element ${i}${transposed ? ' in the order of the file' : ''}`,
      expected: `${-(2 ** 31)} to ${2 ** 31 - 1}`,
      actual: String(stored),
      remedy: 'save indices and counts that int32 can hold',
    });
  }
}

function allocate(dtype: DType, length: number): Float64Array | Int32Array | Uint8Array {
  if (dtype === 'index') return new Int32Array(length);
  return dtype === 'bool' ? new Uint8Array(length) : new Float64Array(length);
}

function wrap(dtype: DType, values: Float64Array | Int32Array | Uint8Array, shape: readonly number[]): NdArray {
  if (dtype === 'index') return index(values, shape);
  if (dtype === 'bool') return bool(values, shape);
  return dtype === 'complex' ? complex(values, shape) : real(values, shape);
}

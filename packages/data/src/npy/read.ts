import { bool, complex, type DType, index, lanes, type NdArray, real, sizeOf, WtildeError } from '@wtilde/core-types';
import { malformed, type ReadOptions, sizeLimit, tooLarge } from '../bytes/fileErrors.js';
import { type ElementType, elementType } from './elementTypes.js';
import { type NpyHeader, parseNpyHeader } from './header.js';

/** The size limit of {@link readNpy} and of the NPZ readers, in bytes of the arrays: 2 GiB. */
export const npyMaxBytes: number = 2 * 2 ** 30;

/**
 * Reads a NumPy array file (NPY 1.0 to 3.0).
 *
 * float64, float32 and float16 become real, complex128 and complex64 complex, integers index (int32), bool
 * bool. Fortran order is transposed into C order, either byte order is read.
 *
 * @throws FileFormat where the bytes are no complete NPY array; DTypeMismatch for types without a
 *   counterpart; InvalidValue where an integer does not fit into int32; FileTooLarge beyond
 *   `maxBytes` (default 2 GiB).
 */
export function readNpy(bytes: Uint8Array, options: ReadOptions = {}): NdArray {
  const where = options.where ?? 'NPY bytes';
  const limit = sizeLimit(options, npyMaxBytes);
  const header = parseNpyHeader(bytes, where);
  const { fortranOrder, shape, dataStart } = header;
  const { type, count, storedBytes, arrayBytes } = npyLayout(header, where);
  if (arrayBytes > limit) throw tooLarge(where, arrayBytes, limit);
  checkNpyLength(header, storedBytes, bytes.length, where);
  const perElement = lanes(type.dtype);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, storedBytes);
  const values = new arrayTypes[type.dtype](count * perElement);
  if (fortranOrder && shape.length > 1) {
    fillTransposed(values, view, type, shape);
  } else {
    for (let i = 0; i < values.length; i++) values[i] = type.read(view, i * type.bytes);
  }
  if (type.dtype === 'index') requireInt32(values, view, type, fortranOrder, where);
  return wrap(type.dtype, values, shape);
}

/** What an array takes. */
interface NpyLayout {
  readonly type: ElementType;
  /** Elements. */
  readonly count: number;
  /** Bytes behind the header. */
  readonly storedBytes: number;
  /** Bytes of the array that is made of them. */
  readonly arrayBytes: number;
}

/** Throws DTypeMismatch for a type without a counterpart. */
export function npyLayout({ descr, shape }: NpyHeader, where: string): NpyLayout {
  const type = elementType(descr, where);
  const count = sizeOf(shape);
  const values = count * lanes(type.dtype);
  return {
    type,
    count,
    storedBytes: values * type.bytes,
    arrayBytes: values * arrayTypes[type.dtype].BYTES_PER_ELEMENT,
  };
}

/** Throws FileFormat where a file of so many bytes does not hold what its header says. */
export function checkNpyLength(
  { descr, shape, dataStart }: NpyHeader,
  storedBytes: number,
  length: number,
  where: string,
): void {
  if (storedBytes === length - dataStart) return;
  throw malformed(where, 'the number of data bytes does not belong to the shape', {
    expected: `${storedBytes} bytes for ${descr} of shape [${shape.join(', ')}]`,
    actual: `${length - dataStart}`,
  });
}

/** What holds the values of a type. */
const arrayTypes = { real: Float64Array, complex: Float64Array, index: Int32Array, bool: Uint8Array } as const;

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

function wrap(dtype: DType, values: Float64Array | Int32Array | Uint8Array, shape: readonly number[]): NdArray {
  if (dtype === 'index') return index(values, shape);
  if (dtype === 'bool') return bool(values, shape);
  return dtype === 'complex' ? complex(values, shape) : real(values, shape);
}

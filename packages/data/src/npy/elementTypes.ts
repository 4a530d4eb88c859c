import { type DType, WtildeError } from '@wtilde/core-types';

/** How NumPy stores one number (a lane: complex elements have two) and what it becomes here. */
export interface ElementType {
  readonly dtype: DType;
  /** Bytes per lane. */
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

type Reader = (view: DataView, at: number, little: boolean) => number;

const readers: ReadonlyMap<string, readonly [DType, number, Reader]> = new Map<
  string,
  readonly [DType, number, Reader]
>([
  ['f8', ['real', 8, (view, at, little) => view.getFloat64(at, little)]],
  ['f4', ['real', 4, (view, at, little) => view.getFloat32(at, little)]],
  ['f2', ['real', 2, readFloat16]],
  ['c16', ['complex', 8, (view, at, little) => view.getFloat64(at, little)]],
  ['c8', ['complex', 4, (view, at, little) => view.getFloat32(at, little)]],
  ['i8', ['index', 8, readInt64]],
  ['u8', ['index', 8, readUint64]],
  ['i4', ['index', 4, (view, at, little) => view.getInt32(at, little)]],
  ['u4', ['index', 4, (view, at, little) => view.getUint32(at, little)]],
  ['i2', ['index', 2, (view, at, little) => view.getInt16(at, little)]],
  ['u2', ['index', 2, (view, at, little) => view.getUint16(at, little)]],
  ['i1', ['index', 1, (view, at) => view.getInt8(at)]],
  ['u1', ['index', 1, (view, at) => view.getUint8(at)]],
  ['b1', ['bool', 1, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)]],
]);

/**
 * The reader of a NumPy type string such as `<f8`: floats become real, complex stay complex,
 * integers become index, bool stays bool, in either byte order.
 *
 * @throws DTypeMismatch for anything else (objects, text, dates, extended precision).
 */
export function elementType(descr: string, where: string): ElementType {
  const found = /^[<>|]/.test(descr) ? readers.get(descr.slice(1)) : undefined;
  if (found === undefined) {
    throw new WtildeError('DTypeMismatch', {
      what: 'the array has a type that cannot be read',
      where,
      expected: 'float16, float32, float64, complex64, complex128, bool or an integer type',
      actual: descr,
      remedy: 'convert it with astype before saving',
    });
  }
  const [dtype, bytes, read] = found;
  const little = descr[0] !== '>';
  return { dtype, bytes, read: (view, at) => read(view, at, little) };
}

/** IEEE 754 binary16, which DataView reads in the newest engines only; every value is a float64. */
function readFloat16(view: DataView, at: number, little: boolean): number {
  const bits = view.getUint16(at, little);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Exact for every int64: what an int32 cannot hold comes back as its float64 value, beyond int32. */
function readInt64(view: DataView, at: number, little: boolean): number {
  const low = view.getInt32(little ? at : at + 4, little);
  const high = view.getInt32(little ? at + 4 : at, little);
  return high === low >> 31 ? low : Number(view.getBigInt64(at, little));
}

function readUint64(view: DataView, at: number, little: boolean): number {
  return Number(view.getBigUint64(at, little));
}

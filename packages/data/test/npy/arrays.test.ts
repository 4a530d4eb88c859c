import { bool, complex, index, type NdArray, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNpy, writeNpy } from '../../src/index.js';
import { errorOf } from '../errors.js';
import { fixtureBytes } from '../numpyFixtures.js';
import { npyBytes } from './npyBytes.js';

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Any array of any dtype and shape. */
const arrays: fc.Arbitrary<NdArray> = shapes.chain((shape) => {
  const values = <T>(element: fc.Arbitrary<T>, lanes = 1): fc.Arbitrary<T[]> =>
    fc.array(element, { minLength: lanes * count(shape), maxLength: lanes * count(shape) });
  return fc.oneof(
    values(fc.double()).map((data): NdArray => real(data, shape)),
    values(fc.double(), 2).map((data): NdArray => complex(data, shape)),
    values(fc.integer()).map((data): NdArray => index(data, shape)),
    values(fc.boolean()).map((data): NdArray => bool(data, shape)),
  );
});

describe('what is written is read again', () => {
  test('any array, bit by bit', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
    );
  });

  test('from the middle of a buffer', () => {
    const bytes = writeNpy(real([1.5, 2.5]));
    const around = new Uint8Array(bytes.length + 9);
    around.set(bytes, 3);
    expect(readNpy(around.subarray(3, 3 + bytes.length))).toEqual(real([1.5, 2.5]));
  });

  test('with the data at a multiple of 64 bytes', () => {
    for (const length of [1, 1000, 1e6]) {
      const bytes = writeNpy(bool(new Uint8Array(length)));
      expect((bytes.length - length) % 64).toBe(0);
      expect(bytes[bytes.length - length - 1]).toBe(0x0a);
    }
  });

  test('byte for byte as NumPy writes it', () => {
    const array = real([0.5, -1.25, 3, 1e300, -0, 7], [2, 3]);
    expect(writeNpy(array)).toEqual(fixtureBytes('float64'));
    expect(writeNpy(bool([true, false, true]))).toEqual(fixtureBytes('bool'));
  });
});

describe('what NumPy wrote', () => {
  const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
  test.each([
    ['float64', real([0.5, -1.25, 3, 1e300, -0, 7], [2, 3])],
    ['float32Fortran', real(range(24), [2, 3, 4])],
    ['complex128Fortran', complex([0, 0, 1, 2, 2, 4, 3, 6, 4, 8, 5, 10], [2, 3])],
    ['bigEndian', index([1, -2, 70000])],
    ['int64Scalar', index([-7], [])],
    ['bool', bool([true, false, true])],
    ['version2', real([1.5])],
    ['version3', real([1.5])],
  ] as const)('%s', (name, array) => {
    expect(readNpy(fixtureBytes(name))).toEqual(array);
  });
});

describe('types', () => {
  type Put = (view: DataView, at: number, value: number, little: boolean) => void;
  const cases: readonly [string, 'real' | 'index' | 'bool', number, Put][] = [
    ['f8', 'real', 8, (view, at, value, little) => view.setFloat64(at, value, little)],
    ['f4', 'real', 4, (view, at, value, little) => view.setFloat32(at, value, little)],
    ['i8', 'index', 8, (view, at, value, little) => view.setBigInt64(at, BigInt(value), little)],
    ['u8', 'index', 8, (view, at, value, little) => view.setBigUint64(at, BigInt(value), little)],
    ['i4', 'index', 4, (view, at, value, little) => view.setInt32(at, value, little)],
    ['u4', 'index', 4, (view, at, value, little) => view.setUint32(at, value, little)],
    ['i2', 'index', 2, (view, at, value, little) => view.setInt16(at, value, little)],
    ['u2', 'index', 2, (view, at, value, little) => view.setUint16(at, value, little)],
    ['i1', 'index', 1, (view, at, value) => view.setInt8(at, value)],
    ['u1', 'index', 1, (view, at, value) => view.setUint8(at, value)],
  ];

  test.each(cases)('%s in both byte orders', (kind, dtype, size, put) => {
    const values = kind.startsWith('u') || kind.startsWith('f') ? [0, 1, 100] : [-1, 1, -100];
    for (const [order, little] of [
      ['<', true],
      ['>', false],
    ] as const) {
      const data = new Uint8Array(3 * size);
      values.forEach((value, i) => {
        put(new DataView(data.buffer), i * size, value, little);
      });
      const read = readNpy(npyBytes(`${order}${kind}`, [3], data));
      expect(read.dtype).toBe(dtype);
      expect([...read.data]).toEqual(values);
    }
  });

  test('every int64 that int32 holds, and no other', () => {
    const read = (value: bigint): NdArray => {
      const data = new Uint8Array(8);
      new DataView(data.buffer).setBigInt64(0, value, true);
      return readNpy(npyBytes('<i8', [1], data));
    };
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(read(BigInt(value)).data[0]).toBe(value);
      }),
    );
    for (const edge of [2n ** 31n - 1n, -(2n ** 31n)]) {
      expect(read(edge).data[0]).toBe(Number(edge));
    }
    for (const beyond of [2n ** 31n, -(2n ** 31n) - 1n, 2n ** 32n, 2n ** 62n, -(2n ** 63n)]) {
      const error = errorOf(() => read(beyond), 'InvalidValue');
      expect(error.actual).toBe(String(Number(beyond)));
    }
    const error = errorOf(() => readNpy(fixtureBytes('int64TooLarge'), { where: 'a' }), 'InvalidValue');
    expect(error.where).toBe('a, element 1');
  });

  test('unsigned integers beyond int32', () => {
    const data = new Uint8Array(8).fill(0xff);
    errorOf(() => readNpy(npyBytes('<u4', [2], data)), 'InvalidValue');
    errorOf(() => readNpy(npyBytes('<u8', [1], data)), 'InvalidValue');
  });

  test.each(['<f16', '|O', '<U3', '<M8[ns]', '=f8', 'f8', ''])('%s has no counterpart', (descr) => {
    errorOf(() => readNpy(npyBytes(descr, [0])), 'DTypeMismatch');
  });

  test('text and structured arrays of NumPy', () => {
    errorOf(() => readNpy(fixtureBytes('text')), 'DTypeMismatch');
    expect(errorOf(() => readNpy(fixtureBytes('structured')), 'DTypeMismatch').what).toContain('structured');
  });

  test('half precision is widened exactly', () => {
    const halves = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x8000];
    const values = [1, -2, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, Infinity, -Infinity, Number.NaN, -0];
    for (const little of [true, false]) {
      const data = new Uint8Array(2 * halves.length);
      for (const [at, bits] of halves.entries()) new DataView(data.buffer).setUint16(2 * at, bits, little);
      expect(readNpy(npyBytes(little ? '<f2' : '>f2', [halves.length], data))).toEqual(real(values));
    }
  });

  test('a header with double quotes', () => {
    const bytes = npyBytes('<f8', [0]);
    const quoted = bytes.map((byte) => (byte === 0x27 ? 0x22 : byte));
    expect(readNpy(quoted)).toEqual(real([]));
  });
});

describe('Fortran order', () => {
  test('any shape is transposed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 4 }), (shape) => {
        // Each element holds its own position in C order.
        const size = count(shape);
        const data = new Int32Array(size);
        for (let c = 0; c < size; c++) {
          let rest = c;
          let fortran = 0;
          for (let axis = shape.length - 1; axis >= 0; axis--) {
            fortran += (rest % shape[axis]) * count(shape.slice(0, axis));
            rest = Math.floor(rest / shape[axis]);
          }
          data[fortran] = c;
        }
        const read = readNpy(npyBytes('<i4', shape, new Uint8Array(data.buffer), true));
        expect(read).toEqual(
          index(
            Int32Array.from({ length: size }, (_, i) => i),
            shape,
          ),
        );
      }),
    );
  });
});

describe('bad input', () => {
  test('not NPY, or truncated anywhere', () => {
    errorOf(() => readNpy(new Uint8Array()), 'FileFormat');
    errorOf(() => readNpy(new Uint8Array(1000)), 'FileFormat');
    const bytes = writeNpy(real([1, 2, 3]));
    for (let length = 0; length < bytes.length; length++) {
      errorOf(() => readNpy(bytes.slice(0, length)), 'FileFormat');
    }
  });

  test('more data than the shape takes', () => {
    errorOf(() => readNpy(npyBytes('<f8', [1], new Uint8Array(16))), 'FileFormat');
  });

  test('an unknown version', () => {
    const bytes = writeNpy(real([1]));
    bytes[6] = 4;
    errorOf(() => readNpy(bytes), 'FileFormat');
  });

  test('a header that is no dictionary of an array', () => {
    for (const shape of ['(-1,)', '(1.5,)', '3', '(x,)', '((1,),)']) {
      errorOf(() => readNpy(npyBytes('<f8', shape)), 'FileFormat');
    }
  });

  test('a header longer than NumPy reads', () => {
    expect(readNpy(npyBytes('<f8', `(0,)${' '.repeat(9000)}`))).toEqual(real([]));
    expect(errorOf(() => readNpy(npyBytes('<f8', `(0,)${' '.repeat(10_000)}`)), 'FileFormat').expected).toContain(
      '10000',
    );
  });

  test('sizes beyond the limit, before anything is allocated', () => {
    errorOf(() => readNpy(npyBytes('<f8', [1e6, 1e6])), 'FileTooLarge');
    errorOf(() => readNpy(npyBytes('<f8', `(${'9'.repeat(400)},)`)), 'FileFormat');
    errorOf(() => readNpy(npyBytes('<f8', `(0, ${'9'.repeat(400)})`)), 'FileFormat');
    const bytes = writeNpy(real([1, 2]));
    errorOf(() => readNpy(bytes, { maxBytes: 15 }), 'FileTooLarge');
    expect(readNpy(bytes, { maxBytes: 16 }).shape).toEqual([2]);
  });
});

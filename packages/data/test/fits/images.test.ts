import { real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFits, writeFits } from '../../src/index.js';
import { errorOf } from '../errors.js';
import { fitsBytes } from './fitsBytes.js';

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });

describe('what is written is read again', () => {
  test('any values of any shape, bit by bit', () => {
    fc.assert(
      fc.property(shapes, fc.infiniteStream(fc.double()), (shape, stream) => {
        const length = shape.reduce((a, b) => a * b, 1);
        const values = Float64Array.from({ length }, () => stream.next().value);
        const array = real(values, shape);
        expect(readFits(writeFits(array))).toEqual(array);
      }),
    );
  });

  test('as blocks of 2880 bytes, the data from the second on', () => {
    const bytes = writeFits(real([1, 2, 3, 4, 5, 6], [3, 2]));
    expect(bytes.length).toBe(2 * 2880);
    expect(new DataView(bytes.buffer).getFloat64(2880 + 8)).toBe(2);
    expect(bytes.slice(2880 + 48).every((byte) => byte === 0)).toBe(true);
    const header = String.fromCharCode(...bytes.slice(0, 2880));
    const cards = Array.from({ length: 36 }, (_, i) => header.slice(80 * i, 80 * i + 80).trimEnd());
    expect(cards.slice(0, 8)).toEqual([
      'SIMPLE  =                    T',
      'BITPIX  =                  -64',
      'NAXIS   =                    2',
      'NAXIS1  =                    2',
      'NAXIS2  =                    3',
      'EXTEND  =                    T',
      'END',
      '',
    ]);
  });

  test('data that fill a block exactly get no block more', () => {
    expect(writeFits(real(new Float64Array(360))).length).toBe(2 * 2880);
    expect(writeFits(real(new Float64Array(361))).length).toBe(3 * 2880);
  });

  test('with HISTORY, a card for every 72 characters', () => {
    const long = `${'a'.repeat(72)}${'b'.repeat(5)}`;
    const bytes = writeFits(real([1]), { history: ['made by a test', '', long] });
    const header = String.fromCharCode(...bytes.slice(0, 2880));
    const cards = Array.from({ length: 36 }, (_, i) => header.slice(80 * i, 80 * i + 80));
    expect(cards.filter((card) => card.startsWith('HISTORY'))).toEqual(
      ['made by a test', '', 'a'.repeat(72), 'bbbbb'].map((text) => `HISTORY ${text}`.padEnd(80)),
    );
    expect(readFits(bytes).data).toEqual(new Float64Array([1]));
    expect(() => writeFits(real([1]), { history: ['\u03b1'] })).toThrow(/HISTORY.*ASCII/);
  });

  test('with cards of every type', () => {
    const cards = { OBJECT: "an 'odd' name", EXPTIME: 1.5e-7, GOOD: false };
    const bytes = writeFits(real([1]), { cards });
    const header = String.fromCharCode(...bytes.slice(0, 2880));
    expect(header).toContain("OBJECT  = 'an ''odd'' name'");
    expect(header).toContain('EXPTIME =               1.5E-7');
    expect(header).toContain('GOOD    =                    F');
    expect(readFits(bytes)).toEqual(real([1]));
  });
});

describe('pixel types', () => {
  const cases: readonly [number, number, (view: DataView, at: number, value: number) => void][] = [
    [8, 1, (view, at, value) => view.setUint8(at, value)],
    [16, 2, (view, at, value) => view.setInt16(at, value)],
    [32, 4, (view, at, value) => view.setInt32(at, value)],
    [64, 8, (view, at, value) => view.setBigInt64(at, BigInt(value))],
    [-32, 4, (view, at, value) => view.setFloat32(at, value)],
    [-64, 8, (view, at, value) => view.setFloat64(at, value)],
  ];
  const values = [0, 1, 100, 127];

  test.each(cases)('BITPIX %i', (bitpix, size, write) => {
    const data = new Uint8Array(values.length * size);
    values.forEach((value, i) => {
      write(new DataView(data.buffer), i * size, value);
    });
    const plain = fitsBytes({ BITPIX: bitpix, NAXIS: 2, NAXIS1: 2, NAXIS2: 2 }, data);
    expect(readFits(plain)).toEqual(real(values, [2, 2]));
    const cards = { BITPIX: bitpix, NAXIS: 1, NAXIS1: 4, BSCALE: 0.5, BZERO: -3, BLANK: 100 };
    const scaled = bitpix > 0 ? [-3, -2.5, Number.NaN, 60.5] : [-3, -2.5, 47, 60.5];
    expect(readFits(fitsBytes(cards, data))).toEqual(real(scaled));
  });

  test('negative integers, and unsigned ones by BZERO', () => {
    const data = Uint8Array.from([0x80, 0x00, 0xff, 0xff, 0x7f, 0xff]);
    const cards = { BITPIX: 16, NAXIS: 1, NAXIS1: 3 };
    expect([...readFits(fitsBytes(cards, data)).data]).toEqual([-32768, -1, 32767]);
    const unsigned = fitsBytes({ ...cards, BZERO: 32768 }, data);
    expect([...readFits(unsigned).data]).toEqual([0, 32767, 65535]);
  });

  test('a negative zero stays one', () => {
    const bytes = writeFits(real([-0]));
    expect(Object.is(readFits(bytes).data[0], -0)).toBe(true);
  });
});

describe('headers', () => {
  test('numbers with D exponents, comments, strings with slashes and commentary are understood', () => {
    const bytes = fitsBytes(
      { BITPIX: '16 / bits', NAXIS: 1, NAXIS1: 1, TEL: "'a/b'", BSCALE: '2.0D1' },
      Uint8Array.from([0, 3]),
      ['COMMENT = 7', 'HISTORY none'],
    );
    expect([...readFits(bytes).data]).toEqual([60]);
  });

  test('no axes: no image', () => {
    expect(readFits(fitsBytes({ BITPIX: 8, NAXIS: 0 }))).toEqual(real([], [0]));
  });

  test.each([100, 20_000])('a header of %s cards', (length) => {
    const comments = Array.from({ length }, (_, i) => `COMMENT ${i}`);
    const bytes = fitsBytes({ BITPIX: 8, NAXIS: 1, NAXIS1: 1 }, Uint8Array.of(9), comments);
    expect([...readFits(bytes).data]).toEqual([9]);
  });

  test('bytes in the middle of a buffer', () => {
    const bytes = writeFits(real([1.5, 2.5]));
    const around = new Uint8Array(bytes.length + 13);
    around.set(bytes, 5);
    expect(readFits(around.subarray(5, 5 + bytes.length))).toEqual(real([1.5, 2.5]));
  });
});

describe('extensions', () => {
  const primary = fitsBytes({ BITPIX: 8, NAXIS: 0, EXTEND: 'T' });
  const extension = (kind: string, cards: Readonly<Record<string, string | number>>, data: Uint8Array) => {
    const bytes = fitsBytes({ SIMPLE: `'${kind.padEnd(8)}'`, ...cards }, data);
    'XTENSION'.split('').forEach((letter, at) => {
      bytes[at] = letter.charCodeAt(0);
    });
    return bytes;
  };
  const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const image = extension('IMAGE', { BITPIX: 8, NAXIS: 1, NAXIS1: 3 }, Uint8Array.of(7, 8, 9));
  const table = extension(
    'BINTABLE',
    { BITPIX: 8, NAXIS: 2, NAXIS1: 4, NAXIS2: 2, PCOUNT: 3000, EXTNAME: "'VIS'" },
    new Uint8Array(3008),
  );

  test('the only image is read where the primary HDU has none', () => {
    expect([...readFits(joined(primary, image)).data]).toEqual([7, 8, 9]);
    expect([...readFits(joined(primary, table, image)).data]).toEqual([7, 8, 9]);
    expect([...readFits(joined(fitsBytes({ BITPIX: 8, NAXIS: 1, NAXIS1: 1 }, Uint8Array.of(1)), image)).data]).toEqual([
      1,
    ]);
  });

  test('several images, or none, are named', () => {
    const several = errorOf(() => readFits(joined(primary, image, image)), 'FileFormat');
    expect(several.message).toContain('several images');
    const none = errorOf(() => readFits(joined(primary, table)), 'FileFormat');
    expect(none.actual).toBe('HDU 1: an extension BINTABLE named VIS');
  });
});

describe('bad input', () => {
  const good = { BITPIX: 16, NAXIS: 1, NAXIS1: 4 };
  const data = new Uint8Array(8);

  test('not FITS', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(5000), Uint8Array.of(0x50, 0x4b, 3, 4)]) {
      const error = errorOf(() => readFits(bytes, { where: 'a.fits' }), 'FileFormat');
      expect(error.message).toContain('a.fits: this is not a FITS file');
    }
    expect(errorOf(() => readFits(Uint8Array.of(0x1f, 0x8b, 8)), 'FileFormat').remedy).toBe('unpack it with gunzip');
    errorOf(() => readFits(fitsBytes({ SIMPLE: 'F', ...good }, data)), 'FileFormat');
  });

  test('truncated anywhere', () => {
    const bytes = writeFits(real(new Float64Array(1000)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2880 + 7999 }), (length) => {
        errorOf(() => readFits(bytes.slice(0, length)), 'FileFormat');
      }),
    );
    // Only the padding may be missing.
    expect(readFits(bytes.slice(0, 2880 + 8000)).shape).toEqual([1000]);
  });

  test.each([
    ['no BITPIX', { NAXIS: 1, NAXIS1: 4 }],
    ['an odd BITPIX', { ...good, BITPIX: 12 }],
    ['no NAXIS', { BITPIX: 16, NAXIS1: 4 }],
    ['a negative NAXIS', { BITPIX: 16, NAXIS: -1 }],
    ['an absurd NAXIS', { BITPIX: 16, NAXIS: 1e6 }],
    ['no NAXIS1', { BITPIX: 16, NAXIS: 1 }],
    ['a negative extent', { ...good, NAXIS1: -4 }],
    ['a fractional extent', { ...good, NAXIS1: 3.5 }],
    ['an extent beyond all numbers', { ...good, NAXIS1: '1E26' }],
    ['a zero extent beside one beyond all numbers', { ...good, NAXIS: 2, NAXIS1: 0, NAXIS2: '1E26' }],
    ['an extent of text', { ...good, NAXIS1: "'4'" }],
    ['random groups', { BITPIX: 16, NAXIS: 2, NAXIS1: 0, NAXIS2: 4, GROUPS: 'T' }],
    ['a scale of text', { ...good, BSCALE: "'x'" }],
    ['a fractional BLANK', { ...good, BLANK: 0.5 }],
  ])('%s', (_, cards) => {
    errorOf(() => readFits(fitsBytes(cards, data)), 'FileFormat');
  });

  test('absurd sizes are refused before anything is allocated', () => {
    const huge = fitsBytes({ BITPIX: -64, NAXIS: 3, NAXIS1: 1e9, NAXIS2: 1e9, NAXIS3: 1e9 });
    expect(errorOf(() => readFits(huge), 'FileTooLarge').expected).toContain('4294967296');
    const bytes = writeFits(real([1, 2, 3]));
    errorOf(() => readFits(bytes, { maxBytes: 23 }), 'FileTooLarge');
    expect(readFits(bytes, { maxBytes: 24 }).shape).toEqual([3]);
    for (const options of [{ maxBytes: Number.NaN }, { maxBytes: JSON.parse('"100"') }, JSON.parse('null')]) {
      errorOf(() => readFits(bytes, options), 'InvalidOption');
    }
  });

  test('what cannot be written', () => {
    errorOf(() => writeFits(real([1], [])), 'InvalidValue');
    for (const cards of [
      { lower: 1 },
      { TOOLONGKEY: 1 },
      { NAXIS1: 1 },
      { END: true },
      { VALUE: Number.NaN },
      { TEXT: 'é' },
      { GROUPS: true },
      { XTENSION: 'IMAGE' },
      { PCOUNT: 5 },
      { GCOUNT: 2 },
      { TEXT: 'x'.repeat(69) },
    ]) {
      errorOf(() => writeFits(real([1]), { cards }), 'InvalidValue');
    }
    expect(writeFits(real([1]), { cards: { TEXT: 'x'.repeat(68) } }).length).toBe(5760);
  });
});

import { bool, complex, index, isWtildeError, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { deflateSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type Fields, fieldNamed, fieldsFromNpz, readNpz, requireField, writeNpy, writeNpz } from '../../src/index.js';
import { fieldsFromNpzFile, readNpzFile } from '../../src/node.js';
import { errorOf } from '../errors.js';
import { npyBytes } from '../npy/npyBytes.js';
import { fixtureBytes } from '../numpyFixtures.js';
import { sharedFile, testWithShared } from '../shared.js';
import { findCentral, findEnd, zip64Bytes, zipBytes } from './zipBytes.js';

const fields = {
  data: complex([1, 2, 3, 4]),
  pixels: index([5], []),
  weights: real([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [2, 3]),
  mask: bool([true, false]),
  empty: real([], [0, 3]),
};

describe('what is written is read again', () => {
  test('stored and at every level', () => {
    for (const level of [0, 1, 6, 9] as const) {
      expect(readNpz(writeNpz(fields, { level }))).toEqual(fields);
    }
  });

  test('the same arrays give the same bytes', () => {
    expect(writeNpz(fields)).toEqual(writeNpz(fields));
  });

  test('arrays longer than one step of unpacking', () => {
    const noise = Float64Array.from({ length: 30_000 }, (_, i) => Math.sin(i * i));
    const long = { noise: real(noise), zeros: real(new Float64Array(200_000)) };
    expect(readNpz(writeNpz(long))).toEqual(long);
  });

  test('no arrays', () => {
    expect(readNpz(writeNpz({}))).toEqual({});
  });

  test('names that objects have by themselves', () => {
    const odd = { constructor: real([1]), toString: real([2]) };
    expect(Object.keys(readNpz(writeNpz(odd)))).toEqual(['constructor', 'toString']);
    const own = zipBytes([{ name: '__proto__.npy', content: writeNpy(real([3])) }]);
    expect(Object.keys(readNpz(own))).toEqual(['__proto__']);
    for (const name of ['', '__proto__', 'x'.repeat(1001)]) {
      errorOf(() => writeNpz(Object.fromEntries([[name, real([1])]])), 'InvalidValue');
    }
  });
});

describe('what NumPy wrote', () => {
  const alpha = real([0, 1, 2, 3, 4, 5], [2, 3]);
  test.each(['savez', 'savezCompressed'] as const)('%s', (name) => {
    const bytes = fixtureBytes(name);
    expect(readNpz(bytes)).toEqual({
      'in.alpha': alpha,
      'in.count': index([3], []),
      'out.beta': real([1, 1]),
    });
    expect(fieldsFromNpz(bytes)).toEqual({ alpha, count: index([3], []) });
  });
});

describe('fields', () => {
  const npy = writeNpy(real([1]));

  test('only one prefix is taken off, and only from the front', () => {
    const names = ['in.in.a.npy', 'b.in.c.npy', 'plain.npy', 'out.d.npy', 'outer.npy'];
    const bytes = zipBytes(names.map((name) => ({ name, content: npy })));
    expect(Object.keys(fieldsFromNpz(bytes))).toEqual(['in.a', 'b.in.c', 'plain', 'outer']);
  });

  test('results are not even unpacked', () => {
    const entries = [
      { name: 'in.a.npy', content: npy },
      { name: 'out.b.npy', content: Uint8Array.of(1, 2, 3), crc: 0 },
    ];
    expect(fieldsFromNpz(zipBytes(entries))).toEqual({ a: real([1]) });
    errorOf(() => readNpz(zipBytes(entries)), 'FileFormat');
  });

  test('a name both with and without the prefix', () => {
    const entries = ['a.npy', 'in.a.npy'].map((name) => ({ name, content: npy }));
    errorOf(() => fieldsFromNpz(zipBytes(entries)), 'FileFormat');
    expect(Object.keys(readNpz(zipBytes(entries)))).toEqual(['a', 'in.a']);
  });

  test('files that are no arrays are left out', () => {
    const entries = [
      { name: 'readme.txt', content: Uint8Array.of(104, 105) },
      { name: 'folder/', content: new Uint8Array() },
      { name: 'a.npy', content: npy },
    ];
    expect(Object.keys(readNpz(zipBytes(entries)))).toEqual(['a']);
  });
});

/** The arrays, or none where the archive is refused as it should be. */
function readUnlessDamaged(bytes: Uint8Array): Fields {
  try {
    return readNpz(bytes);
  } catch (error) {
    if (isWtildeError(error, 'FileFormat') || isWtildeError(error, 'FileTooLarge')) return {};
    throw error;
  }
}

describe('archives as they come', () => {
  const entries = [
    { name: 'a.npy', content: writeNpy(real([1, 2])) },
    { name: 'b.npy', content: writeNpy(index([3], [])) },
  ];
  const expected = { a: real([1, 2]), b: index([3], []) };
  const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

  test('Zip64 of any size', () => {
    expect(readNpz(zip64Bytes(entries))).toEqual(expected);
  });

  test('bytes before the archive, and behind it', () => {
    const text = Uint8Array.from('#!/bin/sh\n', (character) => character.charCodeAt(0));
    for (const archive of [zipBytes(entries), zip64Bytes(entries)]) {
      expect(readNpz(joined(archive, Uint8Array.of(10)))).toEqual(expected);
      expect(readNpz(joined(text, archive))).toEqual(expected);
    }
  });

  test('what macOS adds is no array', () => {
    const added = { content: Uint8Array.of(0, 5, 22, 7) };
    const names = ['__MACOSX/._a.npy', 'folder/__MACOSX/b.npy', '._a.npy'];
    const bytes = zipBytes([...entries, ...names.map((name) => ({ name, ...added }))]);
    expect(Object.getOwnPropertyNames(readNpz(bytes))).toEqual(['a', 'b']);
  });

  const eight = new Uint8Array(8).fill(1);
  test.each([
    ['text', npyBytes('<U6', [], new Uint8Array(24)), 'DTypeMismatch'],
    ['a date', npyBytes('<M8[s]', [1], eight), 'DTypeMismatch'],
    ['an object', npyBytes('|O', [1], eight), 'DTypeMismatch'],
    ['extended precision', npyBytes('<f16', [1], new Uint8Array(16)), 'DTypeMismatch'],
    ['a structured array', fixtureBytes('structured'), 'DTypeMismatch'],
    ['an integer beyond int32', npyBytes('<i8', [1], eight), 'InvalidValue'],
  ] as const)('%s does not block the others, and is refused by name', (_, content, code) => {
    for (const read of [readNpz, fieldsFromNpz]) {
      const fields = read(zipBytes([...entries, { name: 'odd.npy', content }]), { where: 'f.npz' });
      expect({ ...fields }).toEqual(expected);
      expect(errorOf(() => fieldNamed(fields, 'odd'), code).where).toContain('f.npz: odd');
      expect(errorOf(() => requireField(fields, 'odd', 'real'), code).where).toContain('f.npz: odd');
    }
  });
});

describe('bad input', () => {
  const where = { where: 'f.npz' };

  test('not a ZIP archive', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(100), writeNpy(real([1]))]) {
      const error = errorOf(() => readNpz(bytes, where), 'FileFormat');
      expect(error.message).toContain('f.npz: this is not an NPZ archive');
    }
  });

  test('truncated anywhere', () => {
    const bytes = writeNpz(fields);
    for (let length = 0; length < bytes.length; length++) {
      errorOf(() => readNpz(bytes.slice(0, length), where), 'FileFormat');
    }
    const half = errorOf(() => readNpz(bytes.slice(0, bytes.length / 2), where), 'FileFormat');
    expect(half.message).toContain('truncated');
  });

  test('any changed byte is noticed or changes nothing', () => {
    const bytes = writeNpz({ a: real([1, 2, 3, 4, 5, 6, 7, 8]) });
    const expected = readNpz(bytes);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] ^= change;
        const read = readUnlessDamaged(damaged);
        // A changed name is read under that name or left out; a changed time is not looked at.
        for (const array of Object.values(read)) expect(array).toEqual(expected.a);
      }),
      { numRuns: 1000 },
    );
  });

  test('what would unpack to more than the limit, by what the directory says', () => {
    const bytes = writeNpz({ zeros: real(new Float64Array(1000)) });
    errorOf(() => readNpz(bytes, { maxBytes: 8000 }), 'FileTooLarge');
    expect(readNpz(bytes, { maxBytes: 8128 }).zeros.shape).toEqual([1000]);
    const small = { a: real(new Float64Array(100)), b: real(new Float64Array(100)) };
    errorOf(() => readNpz(writeNpz(small), { maxBytes: 1500 }), 'FileTooLarge');
  });

  test('a directory that announces more than deflate can hold', () => {
    const bytes = writeNpz({ a: real([1, 2, 3]) });
    new DataView(bytes.buffer).setUint32(findCentral(bytes) + 24, 2 ** 30, true);
    // Told by the sizes alone, before a GiB is allocated.
    errorOf(() => readNpz(bytes), 'FileFormat');
    const longer = npyBytes('<f8', [2 ** 27]);
    const entry = { name: 'a.npy', content: deflateSync(longer), method: 8, unpackedBytes: longer.length + 2 ** 30 };
    expect(errorOf(() => readNpz(zipBytes([entry])), 'FileFormat').actual).toContain('at most');
  });

  test('a directory that announces less than comes out', () => {
    // 16 MiB of zeros packed into 16 KiB, announced as 128 bytes.
    const array = npyBytes('<f8', [8], new Uint8Array(2 ** 24));
    const packed = deflateSync(array, { level: 9 });
    const entry = { name: 'bomb.npy', content: packed, method: 8, unpackedBytes: array.length - 2 ** 24 + 64 };
    const error = errorOf(() => readNpz(zipBytes([entry])), 'FileFormat');
    expect(error.message).toContain('size that the directory announces');
  });

  test('a stored entry of another size, a wrong checksum, an unknown method, a password', () => {
    const content = writeNpy(real([1]));
    const entry = { name: 'a.npy', content };
    expect(readNpz(zipBytes([entry]))).toEqual({ a: real([1]) });
    errorOf(() => readNpz(zipBytes([{ ...entry, unpackedBytes: 9999 }])), 'FileFormat');
    errorOf(() => readNpz(zipBytes([{ ...entry, crc: 1 }])), 'FileFormat');
    errorOf(() => readNpz(zipBytes([{ ...entry, method: 12 }])), 'FileFormat');
    const flagged = zipBytes([entry]);
    flagged[findCentral(flagged) + 8] |= 1;
    errorOf(() => readNpz(flagged), 'FileFormat');
  });

  test('a header of millions of spaces is not unpacked', () => {
    const array = npyBytes('<f8', `(0,)${' '.repeat(5e6)}`);
    // A version 2.0 header has a length of 32 bits.
    const spaces = new Uint8Array(array.length + 2);
    spaces.set(array.subarray(0, 8));
    spaces[6] = 2;
    new DataView(spaces.buffer).setUint32(8, array.length - 10, true);
    spaces.set(array.subarray(10), 12);
    const packed = deflateSync(spaces, { level: 9 });
    // Nobody who unpacks it gets beyond the damage.
    packed.fill(0xff, packed.length / 2);
    const entry = { name: 'a.npy', content: packed, method: 8, unpackedBytes: spaces.length };
    expect(errorOf(() => readNpz(zipBytes([entry])), 'FileFormat').what).toContain('header is too long');
  });

  test('arrays that are larger in memory than in the file', () => {
    const bytes = zipBytes([{ name: 'a.npy', content: npyBytes('|i1', [1000], new Uint8Array(1000)) }]);
    errorOf(() => readNpz(bytes, { maxBytes: 3999 }), 'FileTooLarge');
    expect(readNpz(bytes, { maxBytes: 4000 }).a.shape).toEqual([1000]);
  });

  test('a Zip64 number that is missing', () => {
    const sized = writeNpz({ a: real([1]) });
    new DataView(sized.buffer).setUint32(findCentral(sized) + 20, 0xffffffff, true);
    expect(errorOf(() => readNpz(sized), 'FileFormat').message).toContain('Zip64');
    const placed = writeNpz({ a: real([1]) });
    new DataView(placed.buffer).setUint32(findEnd(placed) + 16, 0xffffffff, true);
    expect(errorOf(() => readNpz(placed), 'FileFormat').message).toContain('Zip64');
  });

  test('an archive with a comment is an archive', () => {
    const bytes = writeNpz({ a: real([1]) });
    const commented = new Uint8Array(bytes.length + 4);
    commented.set(bytes);
    new DataView(commented.buffer).setUint16(bytes.length - 2, 4, true);
    expect(readNpz(commented)).toEqual({ a: real([1]) });
  });

  test('an entry that is no array is named', () => {
    const bytes = zipSync({ 'in.a.npy': Uint8Array.of(1, 2, 3) });
    expect(errorOf(() => fieldsFromNpz(bytes, where), 'FileFormat').where).toBe('f.npz: in.a');
  });
});

describe('golden archives', () => {
  const names = ['generated-default', 'sma', 'alma-high-res', 'odd'];
  for (const name of names) {
    const path = `golden/${name}.npz`;
    testWithShared(`${name} is read whole, and is the same written anew`, [path], async () => {
      const all = await readNpzFile(sharedFile(path));
      const inputs = await fieldsFromNpzFile(sharedFile(path));
      const expected = Object.entries(all)
        .filter(([key]) => key.startsWith('in.'))
        .map(([key, array]) => [key.slice(3), array]);
      expect(Object.entries(inputs)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(10);
      expect(readNpz(writeNpz(inputs, { level: 1 }))).toEqual(inputs);
    });
  }

  testWithShared('the values of sma that its description names', ['golden/sma.npz'], async () => {
    const sma = await readNpzFile(sharedFile('golden/sma.npz'));
    expect(sma['in.grid_size']).toEqual(index([30], []));
    expect(sma['in.native_index_for_slim_index'].shape).toEqual([716, 2]);
    expect(sma['in.data'].dtype).toBe('complex');
    expect(sma['out.mask_2d_circular_from'].dtype).toBe('bool');
    expect([...sma['out.log_likelihood_function_via_w_compact_from'].data]).toEqual([-13533.902761773159]);
  });
});

import { isWtildeError } from '@wtilde/core-types';
import { mappingMatrix } from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { denseMapping, randomMapping } from './random.js';

/** Three sub-pixels of two image pixels on three source pixels. */
const mapping = {
  indexes: Int32Array.of(0, 0, -1, 2, -1, -1, 1, 2, 0),
  weights: Float64Array.of(0.5, -0.25, NaN, 3, NaN, NaN, 2, 4, 8),
  subPixels: 3,
  pixels: 3,
  imagePixels: 3,
};

const outOfRange = expect.toSatisfy((error: unknown) => isWtildeError(error, 'IndexOutOfRange'));

describe('the mapping matrix', () => {
  it('adds duplicates up and stops at -1', () => {
    expect(Array.from(mappingMatrix(mapping))).toEqual([0.25, 0, 0, 0, 0, 3, 8, 2, 4]);
  });

  it('takes the number of entries in use from the sizes', () => {
    const sizes = Int32Array.of(1, 0, 2);
    expect(Array.from(mappingMatrix({ ...mapping, sizes }))).toEqual([0.5, 0, 0, 0, 0, 0, 0, 2, 4]);
  });

  it('gathers sub-pixels into image pixels with their fractions', () => {
    const slimIndexes = Int32Array.of(1, 0, 1);
    const subFraction = Float64Array.of(10, 0.5);
    expect(Array.from(mappingMatrix({ ...mapping, imagePixels: 2, slimIndexes, subFraction }))).toEqual([
      0, 0, 30, 4.125, 1, 2,
    ]);
  });

  it('leaves image pixels without sub-pixels empty, and overwrites', () => {
    const out = new Float64Array(12).fill(NaN);
    expect(mappingMatrix({ ...mapping, imagePixels: 4 }, out)).toBe(out);
    expect(Array.from(out)).toEqual([0.25, 0, 0, 0, 0, 3, 8, 2, 4, 0, 0, 0]);
  });

  it.each([
    [1, 1, 1],
    [65, 17, 4],
    [300, 64, 3],
  ])('of %i image and %i source pixels agrees with its definition', (m, s, slots) => {
    const random = randomMapping(m, slots, s, 1);
    expect(mappingMatrix({ ...random, subPixels: m, pixels: s, imagePixels: m })).toEqual(denseMapping(random, m, s));
  });

  it('refuses entries in use that are no source pixels', () => {
    expect(() => mappingMatrix({ ...mapping, sizes: Int32Array.of(3, 0, 0) })).toThrow(outOfRange);
    expect(() => mappingMatrix({ ...mapping, pixels: 2 })).toThrow(outOfRange);
    const negative = mapping.indexes.with(0, -2);
    expect(() => mappingMatrix({ ...mapping, indexes: negative })).toThrow(outOfRange);
  });

  it('refuses sub-pixels of no image pixel', () => {
    expect(() => mappingMatrix({ ...mapping, imagePixels: 2 })).toThrow(outOfRange);
    expect(() => mappingMatrix({ ...mapping, slimIndexes: Int32Array.of(0, -1, 0) })).toThrow(outOfRange);
  });
});

import { createReferenceBackend } from '@wtilde/backend-reference';
import { bool, real } from '@wtilde/core-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annularMask, circularMask, geometryOf, maskOf } from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

const { mask2dCircularFrom } = createReferenceBackend().kernels;

test('circularMask is the mask of the kernel', () => {
  const offset = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
      fc.tuple(offset, offset),
      fc.double({ min: 0.05, max: 2, noNaN: true }),
      (shapeNative, centre, pixelScale) => {
        const radius = 2 + 3 * pixelScale;
        const { mask } = circularMask({ shapeNative, pixelScale, radius, centre });
        expect(mask).toEqual(
          mask2dCircularFrom({ shapeNative, pixelScales: [pixelScale, pixelScale], radius, centre }),
        );
      },
    ),
  );
});

test('a pixel exactly on a radius is open', () => {
  const { mask } = annularMask({ shapeNative: [5, 5], pixelScale: 1, innerRadius: 1, outerRadius: 2 });
  expect(Array.from(mask.data)).toEqual(
    [
      [1, 1, 0, 1, 1],
      [1, 0, 0, 0, 1],
      [0, 0, 1, 0, 0],
      [1, 0, 0, 0, 1],
      [1, 1, 0, 1, 1],
    ].flat(),
  );
});

test('the geometry of an offset mask on a rectangle', () => {
  const image = bool(
    Uint8Array.from(
      [
        [1, 1, 1, 1, 1, 1],
        [1, 1, 1, 0, 1, 1],
        [1, 1, 1, 1, 0, 1],
        [1, 1, 1, 0, 0, 0],
      ].flat(),
    ),
    [4, 6],
  );
  const geometry = geometryOf(maskOf(image, 0.5));
  expect(geometry).toMatchObject({ gridSize: 3, pixels: 5, topLeft: [1, 3], shapeNative: [4, 6], pixelScale: 0.5 });
  expect(Array.from(geometry.nativeIndexForSlimIndex.data)).toEqual([0, 0, 1, 1, 2, 0, 2, 1, 2, 2]);
  expect(Array.from(geometry.grid.data)).toEqual([0.25, 0.25, -0.25, 0.75, -0.75, 0.25, -0.75, 0.75, -0.75, 1.25]);
  expect(geometry.gridRadiansSlim.data[0]).toBeCloseTo((0.25 / 3600 / 180) * Math.PI, 20);
});

describe('masks that cannot be', () => {
  const ring = { shapeNative: [4, 4], pixelScale: 1, innerRadius: 0, outerRadius: 2 } as const;
  test.each([
    ['no pixel open', () => circularMask({ shapeNative: [4, 4], pixelScale: 1, radius: 0.1 }), 'InvalidValue'],
    ['an image without pixels', () => annularMask({ ...ring, shapeNative: [0, 4] }), 'InvalidValue'],
    ['a pixel without size', () => annularMask({ ...ring, pixelScale: 0 }), 'InvalidValue'],
    ['radii the wrong way round', () => annularMask({ ...ring, innerRadius: 3 }), 'InvalidValue'],
    ['a radius that is not a number', () => annularMask({ ...ring, outerRadius: Number.NaN }), 'InvalidValue'],
    ['no image', () => maskOf(real([0, 0, 1]), 1), 'ShapeMismatch'],
    ['all masked in a file', () => maskOf(bool(Uint8Array.of(1, 1), [1, 2]), 1), 'InvalidValue'],
  ])('%s', (_name, make, code) => {
    expect(thrownBy(make)).toMatchObject({ code });
  });
});

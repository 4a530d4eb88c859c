import { bool, isWtildeError } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { circularMask, type Mask2D, maskOf, overlayImageMesh, parseMesh } from '../../src/index.js';
import { realIn, testWithGoldenLenses } from '../golden.js';
import { thrownBy } from './thrownBy.js';

function disc(outerRadius: number, centre: readonly [number, number] = [0, 0], innerRadius = 0): Mask2D {
  return { mask: bool([0], [1, 1]), pixelScale: 1, outline: { centre, innerRadius, outerRadius } };
}

/** A mask from rows of text: `.` is open, `#` masked. */
function drawn(pixelScale: number, ...rows: readonly string[]): Mask2D {
  const pixels = rows.flatMap((row) => [...row].map((pixel) => pixel === '#'));
  return { mask: bool(pixels, [rows.length, rows[0].length]), pixelScale };
}

describe('the golden overlay meshes', () => {
  testWithGoldenLenses('the same points in the same order', ({ fields, outline, meshShape }) => {
    const golden = realIn(fields, 'image_plane_mesh');
    const mesh = overlayImageMesh({ mask: { ...disc(1), outline }, shape: meshShape });
    expect(mesh.shape).toEqual(golden.shape);
    const furthest = mesh.data.reduce((most, value, at) => Math.max(most, Math.abs(value - golden.data[at])), 0);
    expect(furthest).toBeLessThan(1e-12);
  });
});

test('on the mask of the sma dataset: 540 cells by its circle, 528 by its pixels, as in PyAutoLens', () => {
  const mask = circularMask({ shapeNative: [100, 100], pixelScale: 0.2, radius: 3 });
  expect(overlayImageMesh({ mask, shape: [26, 26] }).shape).toEqual([540, 2]);
  expect(overlayImageMesh({ mask: maskOf(mask.mask, 0.2), shape: [26, 26] }).shape).toEqual([528, 2]);
});

describe('a mask drawn with circles', () => {
  test('keeps the centres within it', () => {
    // Cells of 2: the corners of the square are sqrt(8) away.
    const withCorners = overlayImageMesh({ mask: disc(3), shape: [3, 3] });
    expect([...withCorners.data]).toEqual([2, -2, 2, 0, 2, 2, 0, -2, 0, 0, 0, 2, -2, -2, -2, 0, -2, 2]);
    // Cells of 1: (2, 2) is too far, (2, 1) is not.
    const without = overlayImageMesh({ mask: disc(2.5), shape: [5, 5] });
    expect(without.shape).toEqual([21, 2]);
    expect([...without.data.subarray(0, 8)]).toEqual([2, -1, 2, 0, 2, 1, 1, -2]);
  });

  test('moves with its centre', () => {
    const at = overlayImageMesh({ mask: disc(3, [0.5, -2]), shape: [8, 6] });
    const around = overlayImageMesh({ mask: disc(3), shape: [8, 6] });
    expect(at.shape).toEqual(around.shape);
    at.data.forEach((value, lane) => {
      expect(value - (lane % 2 === 0 ? 0.5 : -2)).toBeCloseTo(around.data[lane], 12);
    });
  });

  test('leaves out what lies within the inner radius', () => {
    const ring = overlayImageMesh({ mask: disc(3, [0, 0], 1), shape: [6, 6] });
    // Centres at +-0.5, +-1.5, +-2.5: 4 of them nearer than 1, 4 further than 3.
    expect(ring.shape).toEqual([28, 2]);
  });
});

describe('a mask that is only pixels', () => {
  test('is open where they are, to their outer edges', () => {
    const mask = drawn(0.5, '######', '##..##', '#....#', '######');
    const cells = overlayImageMesh({ mask, shape: [2, 4] });
    expect([...cells.data]).toEqual([0.25, -0.25, 0.25, 0.25, -0.25, -0.75, -0.25, -0.25, -0.25, 0.25, -0.25, 0.75]);
  });

  test('may lie anywhere on the image', () => {
    const mask = drawn(1, '#####', '####.', '####.');
    // Three rows, five columns: the open pixels cover y from 0.5 down to -1.5 and x from 1.5 to 2.5.
    expect([...overlayImageMesh({ mask, shape: [2, 1] }).data]).toEqual([0, 2, -1, 2]);
  });

  test('says so when none is open', () => {
    const error = thrownBy(() => overlayImageMesh({ mask: drawn(1, '##'), shape: [2, 2] }));
    expect(isWtildeError(error, 'InvalidValue')).toBe(true);
    expect(String(error)).toContain('2 masked pixels');
  });
});

describe('a mesh as text', () => {
  test('of either type', () => {
    expect(parseMesh('overlay:30x20')).toEqual({ type: 'overlay', shape: [30, 20] });
    expect(parseMesh('rectangular:2x2')).toEqual({ type: 'rectangular', shape: [2, 2] });
  });

  test.each(['', 'overlay', 'overlay:30', 'overlay:3.5x3', 'voronoi:3x3', 'overlay:-3x3', 'overlay:3x3 '])(
    '%j is none',
    (text) => {
      expect(
        isWtildeError(
          thrownBy(() => parseMesh(text)),
          'InvalidOption',
        ),
      ).toBe(true);
    },
  );

  test.each(['overlay:0x3', 'rectangular:1x5', 'overlay:257x256'])('%s has no shape that can be used', (text) => {
    expect(
      isWtildeError(
        thrownBy(() => parseMesh(text)),
        'InvalidValue',
      ),
    ).toBe(true);
  });

  test('a shape that does not come from text is looked at as well', () => {
    for (const shape of [
      [2.5, 3],
      [Number.NaN, 3],
      [1e6, 1e6],
    ] as const) {
      expect(
        isWtildeError(
          thrownBy(() => overlayImageMesh({ mask: disc(1), shape })),
          'InvalidValue',
        ),
      ).toBe(true);
    }
  });
});

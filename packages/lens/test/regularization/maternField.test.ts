import { real } from '@wtilde/core-types';
import { choleskyOf, inverseInBasis } from '@wtilde/numerics';
import { describe, expect, test } from 'vitest';
import { naturalMapper, parseRegularization, priorOf } from '../../src/index.js';
import { maternCorrelation } from '../../src/regularization/maternCorrelation.js';

/** Points on a square of 2 arcsec, a lattice moved about by up to a quarter of its spacing. */
function latticeOf(side: number) {
  const spacing = 2 / (side - 1);
  const places = Float64Array.from({ length: 2 * side * side }, (_, at) => {
    const pixel = at >> 1;
    const place = (at & 1) === 0 ? Math.floor(pixel / side) : pixel % side;
    return (place + Math.sin(12.9898 * at) / 4) * spacing - 1;
  });
  return real(places, [side * side, 2]);
}

function meshOf(side: number) {
  const vertices = latticeOf(side);
  const natural = naturalMapper({ vertices, grid: vertices });
  return { mapper: natural, natural, triangulated: true };
}

/** How far covariances of the field are off the Matern correlation, for pairs well within a mesh. */
function furthestOff(side: number, scale: number, nu: number): number {
  const mesh = meshOf(side);
  const prior = priorOf({ type: 'maternField', coefficient: 4, scale, nu }, mesh);
  if (!('matrix' in prior)) throw new Error('a matrix was expected');
  const { pixels, vertices } = mesh.mapper;
  const covariance = inverseInBasis(choleskyOf(pixels, [prior.matrix]));
  const correlation = maternCorrelation(scale, nu);
  const places = vertices.data;
  const isWithin = (i: number) => Math.hypot(places[2 * i], places[2 * i + 1]) < 0.4;
  let most = 0;
  for (let i = 0; i < pixels; i++) {
    for (let j = 0; j <= i; j++) {
      if (!isWithin(i) || !isWithin(j)) continue;
      const distance = Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
      most = Math.max(most, Math.abs(4 * covariance[i * pixels + j] - correlation.at(distance)));
    }
  }
  return most;
}

describe('the covariance of the field is that of maternKernel, where the mesh is fine and its frame far', () => {
  test.each([1, 2, 3])('nu %d', (nu) => {
    const [coarse, fine] = [13, 25].map((side) => furthestOff(side, 0.25, nu));
    expect(fine).toBeLessThan(0.13);
    expect(fine).toBeLessThan(0.8 * coarse);
  });
});

test('nu is a whole number', () => {
  expect(() => parseRegularization('maternField:1,0.3,1.5')).toThrow(/nu a whole number from 1 and up to 3/);
  expect(parseRegularization('maternField:1,0.3')).toEqual({ type: 'maternField', coefficient: 1, scale: 0.3 });
});

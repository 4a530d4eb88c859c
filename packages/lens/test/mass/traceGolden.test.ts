import { expect } from 'vitest';
import { circularMask, geometryOf, type MassProfile, overlayImageMesh, rayTrace } from '../../src/index.js';
import { indexIn, realIn, testWithGoldenLenses } from '../golden.js';
import { largestDifference } from '../largestDifference.js';

const lens: MassProfile = {
  type: 'Isothermal',
  centre: [0.043, -0.071],
  einsteinRadius: 1.6,
  axisRatio: 0.82,
  angle: 38,
};

testWithGoldenLenses('mask, grids and ray-traced positions', ({ fields, outline, pixelScale, meshShape }) => {
  const mask = circularMask({ shapeNative: [100, 100], pixelScale, radius: outline.outerRadius });
  const geometry = geometryOf(mask);
  expect(geometry.nativeIndexForSlimIndex).toEqual(indexIn(fields, 'native_index_for_slim_index'));
  expect(largestDifference(geometry.gridRadiansSlim, realIn(fields, 'grid_radians_slim'))).toBeLessThan(1e-19);
  expect(largestDifference(rayTrace(lens, geometry.grid), realIn(fields, 'source_plane_grid'))).toBeLessThan(1e-12);
  const mesh = overlayImageMesh({ mask, shape: meshShape });
  expect(largestDifference(mesh, realIn(fields, 'image_plane_mesh'))).toBeLessThan(1e-12);
  expect(largestDifference(rayTrace([lens], mesh), realIn(fields, 'mesh_vertices'))).toBeLessThan(1e-12);
});

import type { NdArray } from '@wtilde/core-types';
import fc from 'fast-check';
import type { MeshInterpolation } from '../../src/index.js';
import { interpolationOf, rowsOf } from '../../src/mapper/naturalMapper.js';
import type { FramedMesh } from '../../src/mesh/framedMesh.js';
import { type Places, pointSets } from '../mesh/pointSets.js';
import { denseOf } from './denseOf.js';

export const interpolations = ['natural', 'laplace', 'barycentric'] as const;

/** The weights (M, S + 24) of all vertices, those of the frame as well. */
export function allWeights(mesh: FramedMesh, interpolation: MeshInterpolation, grid: NdArray<'real'>): Float64Array[] {
  const [pixels] = mesh.points.shape;
  const { indexes, weights } = rowsOf(interpolationOf(mesh, interpolation), grid, pixels);
  const dense = denseOf({ pixels, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights });
  return Array.from({ length: grid.shape[0] }, (_, row) => dense.slice(row * pixels, (row + 1) * pixels));
}

export const placesOf = ({ data, shape }: NdArray<'real'>): Places =>
  Array.from({ length: shape[0] }, (_, at) => [data[2 * at], data[2 * at + 1]] as const);

/** How far the weighted mean of the vertices is from the point, or the sum of the weights from 1. */
export function linearError(weights: Float64Array, vertices: Places, [y, x]: readonly [number, number]): number {
  let [sum, meanY, meanX] = [-1, -y, -x];
  weights.forEach((weight, vertex) => {
    sum += weight;
    meanY += weight * vertices[vertex][0];
    meanX += weight * vertices[vertex][1];
  });
  return Math.max(Math.abs(sum), Math.abs(meanY), Math.abs(meanX));
}

export const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });

/** Vertices not all at one place, on one line for all one knows; pixels around them, on them and on edges. */
export const framed = fc
  .tuple(pointSets, fc.array(fc.tuple(coordinate, coordinate), { maxLength: 20 }))
  .filter(([places]) => places.some((place) => String(place) !== String(places[0])))
  .map(([places, pixels]) => ({
    places,
    pixels: [
      ...pixels,
      ...places,
      ...places.slice(1).map(([y, x], at) => [(y + places[at][0]) / 2, (x + places[at][1]) / 2] as const),
    ],
  }));

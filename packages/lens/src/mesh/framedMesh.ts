import { type NdArray, real } from '@wtilde/core-types';
import { delaunayOf, type Triangulation } from './delaunay.js';
import { type Frame, frameAround, framePlaces, writePlaces } from './frame.js';
import { checkPoints } from './points.js';

/** The Delaunay triangulation of S source pixels and of the places of a frame around them, which are no source pixels. */
export interface FramedMesh {
  /** S: vertices from there on are places of the frame. */
  readonly pixels: number;
  readonly frame: Frame;
  /** (S, 2) */
  readonly vertices: NdArray<'real'>;
  /** (S + 24, 2) vertices and places of the frame. */
  readonly points: NdArray<'real'>;
  /** Of `points`. */
  readonly triangulation: Triangulation;
  /** (3 T) every side as the triangle across it has it; -1 on the hull. */
  readonly twins: Int32Array;
}

/**
 * The mesh of vertices (S, 2), with a frame: so every vertex is within the hull, and so is every pixel that is not
 * far from all of them.
 *
 * @throws ShapeMismatch, InvalidValue: not finite, or all at one place.
 */
export function framedMesh(vertices: NdArray<'real'>): FramedMesh {
  checkPoints(vertices, 'vertices');
  const [pixels] = vertices.shape;
  const frame = frameAround(vertices);
  const points = new Float64Array(2 * (pixels + framePlaces));
  points.set(vertices.data);
  writePlaces(frame, points, 2 * pixels);
  return joined(vertices, frame, real(points, [pixels + framePlaces, 2]));
}

/** The mesh of vertices and of the places that follow them in `points`. */
export function joined(vertices: NdArray<'real'>, frame: Frame, points: NdArray<'real'>): FramedMesh {
  const triangulation = delaunayOf(points);
  return { pixels: vertices.shape[0], frame, vertices, points, triangulation, twins: twinsOf(triangulation) };
}

/** The side after another in its triangle. */
export function next(side: number): number {
  return side % 3 === 2 ? side - 2 : side + 1;
}

/** Every edge with the corners opposite to it; those of the hull, which join the frame to itself, are left out. */
export function forEachEdge(
  { triangulation, twins }: FramedMesh,
  visit: (start: number, end: number, left: number, right: number) => void,
): void {
  const corners = triangulation.triangles.data;
  twins.forEach((twin, side) => {
    if (twin > side) visit(corners[side], corners[next(side)], corners[next(next(side))], corners[next(next(twin))]);
  });
}

function twinsOf({ triangles: { data: corners }, adjacentTriangles: { data: adjacent } }: Triangulation): Int32Array {
  return adjacent.map((across, side) => {
    if (across < 0) return -1;
    const end = corners[next(side)];
    return 3 * across + (corners[3 * across] === end ? 0 : corners[3 * across + 1] === end ? 1 : 2);
  });
}

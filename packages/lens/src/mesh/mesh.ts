import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { shown } from '../arguments/shown.js';

/** Source pixels that are image-plane points, ray-traced and joined by a Delaunay triangulation. */
export interface OverlayMesh {
  readonly type: 'overlay';
  /** Cells (ny, nx) laid over the mask; a cell whose centre the mask leaves open becomes a source pixel. */
  readonly shape: readonly [number, number];
  /**
   * How the source is interpolated between its pixels: by `natural` neighbours (Sibson), the default, or those of
   * `laplace`, with a frame where the source is zero: together with the regularization `gradient` the evidence does not jump
   * where an edge of the triangulation flips. `barycentric` is that of PyAutoLens, whose evidence jumps there.
   */
  readonly interpolation?: Interpolation | undefined;
}

const interpolations = ['natural', 'laplace', 'barycentric'] as const;

/** How the source is interpolated between the pixels of an overlay mesh. */
export type Interpolation = (typeof interpolations)[number];

/** Source pixels on a uniform rectangle around the ray-traced image pixels. */
export interface RectangularMesh {
  readonly type: 'rectangular';
  /** Source pixels (ny, nx), at least two along each axis. */
  readonly shape: readonly [number, number];
}

/** How the source plane is divided into pixels. */
export type Mesh = OverlayMesh | RectangularMesh;

/**
 * A mesh from text: `overlay:30x30`, `overlay:30x30:barycentric` or `rectangular:20x20`, rows before columns.
 *
 * @throws InvalidOption where the text names no mesh, InvalidValue where its shape has no pixels.
 */
export function parseMesh(text: string): Mesh {
  const [, type, rows, columns, interpolation] =
    (typeof text === 'string' && /^(\w+):(\d+)x(\d+)(?::(\w+))?$/.exec(text)) || [];
  const shape = [Number(rows), Number(columns)] as const;
  if (type === 'overlay' && isInterpolation(interpolation)) {
    checkMeshShape(shape, type);
    return { type, shape, ...(interpolation === undefined ? {} : { interpolation }) };
  }
  if (type === 'rectangular' && interpolation === undefined) {
    checkMeshShape(shape, type);
    return { type, shape };
  }
  throw new WtildeError('InvalidOption', {
    what: 'not a mesh',
    where: 'mesh',
    expected: `overlay:ROWSxCOLUMNS, overlay:ROWSxCOLUMNS:INTERPOLATION (${interpolations.join(', ')}) or rectangular:ROWSxCOLUMNS`,
    actual: shown(text),
    remedy: 'write it like overlay:30x30',
  });
}

/** Throws where a value is no mesh: MissingArgument, UnknownArgument, InvalidOption for its type, InvalidValue. */
export function checkMesh(mesh: Mesh): void {
  checkNames(mesh, { type: true, shape: true, interpolation: false }, 'mesh');
  const { type, shape } = mesh;
  if (type !== 'overlay' && type !== 'rectangular') {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such mesh',
      where: 'mesh.type',
      expected: 'overlay or rectangular',
      actual: shown(type),
      remedy: 'use one of those',
    });
  }
  const interpolation = 'interpolation' in mesh ? mesh.interpolation : undefined;
  if (!isInterpolation(interpolation) || (type === 'rectangular' && interpolation !== undefined)) {
    throw new WtildeError('InvalidOption', {
      what: 'the mesh has no such interpolation',
      where: 'mesh.interpolation',
      expected: type === 'overlay' ? interpolations.join(', ') : 'none for a rectangular mesh, which is bilinear',
      actual: shown(interpolation),
      remedy: type === 'overlay' ? 'use one of those' : 'leave it out',
    });
  }
  checkMeshShape(shape, type);
}

function isInterpolation(value: unknown): value is Interpolation | undefined {
  return value === undefined || interpolations.some((each) => each === value);
}

/** No kernel takes more source pixels: their curvature matrix would have more than 2^32 elements. */
const mostPixels = 2 ** 16;

/** Throws InvalidValue where a mesh of that shape could not be used by any kernel. */
export function checkMeshShape(shape: readonly [number, number], type: Mesh['type']): void {
  const least = type === 'rectangular' ? 2 : 1;
  const isCount = (extent: unknown) => Number.isInteger(extent) && Number(extent) >= least;
  if (Array.isArray(shape) && shape.length === 2 && shape.every(isCount) && shape[0] * shape[1] <= mostPixels) return;
  throw new WtildeError('InvalidValue', {
    what: 'a mesh cannot have this shape',
    where: `mesh ${type}`,
    expected: `two whole numbers from ${least}, together at most ${mostPixels} cells`,
    actual: shown(shape),
    remedy: 'choose another number of rows and columns',
  });
}

import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';
import { type AdaptiveRectangle, adaptiveRectangularMapper } from '../mapper/adaptiveRectangularMapper.js';
import { delaunayMapper } from '../mapper/delaunayMapper.js';
import type { Mapper } from '../mapper/mapper.js';
import { type NaturalMapper, naturalMapper } from '../mapper/naturalMapper.js';
import { rectangularMapper } from '../mapper/rectangularMapper.js';
import type { MaskGeometry } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { seenThrough } from '../mask/primaryBeam.js';
import { type BorderEllipse, borderEllipse, borderPixels, relocated } from '../mesh/border.js';
import { imagePointsOf } from '../mesh/imageMesh.js';
import {
  type AdaptDensityMesh,
  type AdaptImageMesh,
  checkMesh,
  isImageMesh,
  type Mesh,
  needsAdaptImage,
} from '../mesh/mesh.js';
import { planeGridsOf } from '../planes/lensPlanes.js';
import { slimAdaptImage } from './adaptImage.js';
import type { Model } from './model.js';

/** A border of traced pixels, and what was traced before it was drawn back to it. */
interface TracedBorder {
  readonly ellipse: BorderEllipse;
  /** Which pixels are the border. */
  readonly pixels: Int32Array;
  /** (M, 2) */
  readonly grid: NdArray<'real'>;
  /** (S, 2) */
  readonly vertices?: NdArray<'real'> | undefined;
}

/** A mapper, with what it was made of. */
export interface Mapped {
  readonly mapper: Mapper;
  /** The same before the primary beam, where there is one. */
  readonly interpolated: Mapper;
  /** (M) of the dataset. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** The latter where it has natural neighbours and a frame. */
  readonly natural?: NaturalMapper | undefined;
  /** Whether the source pixels are the vertices of triangles, not the cells of a rectangle. */
  readonly triangulated: boolean;
  /** (M, 2) where the image pixels are in the source plane, as the mapper has them. */
  readonly sourceGrid: NdArray<'real'>;
  /** (S, 2) where the vertices of a mesh of points are in the image plane. */
  readonly imageMesh?: NdArray<'real'> | undefined;
  /** What the adaptive rectangle was made of, where the mesh is one. */
  readonly rectangle?: AdaptiveRectangle | undefined;
  /** (M) the image that mesh and regularization follow. */
  readonly adaptImage?: Float64Array | undefined;
  /** What points were drawn back to, and where they had been traced to, where that was asked for. */
  readonly border?: TracedBorder | undefined;
  /** Milliseconds of tracing, and of mapping. */
  readonly traceMs: number;
  readonly mapMs: number;
}

/**
 * The mapper of a model.
 *
 * @param plane of the source, counted from the nearest of the lens; by default the last
 */
export function mapperOf(
  mask: Mask2D,
  { grid }: Pick<MaskGeometry, 'grid'>,
  { lens, mesh, adaptImage: image, useBorderRelocator }: Omit<Model, 'regularization'>,
  primaryBeam?: NdArray<'real'>,
  plane = -1,
): Mapped {
  checkMesh(mesh);
  checkFlag(useBorderRelocator);
  const adaptImage = image === undefined ? undefined : slimAdaptImage(image, mask);
  if (adaptImage === undefined && needsAdaptImage(mesh)) throw noAdaptImage(mesh);
  const started = performance.now();
  const trace = (points: NdArray<'real'>) => {
    const grids = planeGridsOf(lens, points);
    return grids[plane < 0 ? grids.length - 1 : plane];
  };
  const tracedGrid = trace(grid);
  const border = useBorderRelocator === true ? borderOf(mask, tracedGrid) : undefined;
  const moved = (points: NdArray<'real'>) => (border === undefined ? points : relocated(points, border.ellipse));
  const sourceGrid = moved(tracedGrid);
  const shared = { sourceGrid, adaptImage, primaryBeam };
  const ended = (traced: number) => ({ traceMs: traced - started, mapMs: performance.now() - traced });
  if (isImageMesh(mesh)) {
    const { points: imageMesh, zeroedPixels } = imagePointsOf(mesh, mask, adaptImage);
    const tracedMesh = trace(imageMesh);
    const vertices = moved(tracedMesh);
    const traced = performance.now();
    const { interpolation = 'natural' } = mesh;
    const natural =
      interpolation === 'barycentric' ? undefined : naturalMapper({ vertices, grid: sourceGrid, interpolation });
    const interpolated = { ...(natural ?? delaunayMapper({ vertices, grid: sourceGrid })), zeroedPixels };
    const mapper = seenThrough(interpolated, primaryBeam);
    const drawn = border && { ...border, vertices: tracedMesh };
    const kept = { natural, triangulated: true, imageMesh, border: drawn };
    return { mapper, interpolated, ...kept, ...shared, ...ended(traced) };
  }
  const traced = performance.now();
  const rectangle = mesh.type === 'rectangular' ? undefined : rectangleOf(mesh, sourceGrid, adaptImage);
  const interpolated =
    rectangle === undefined
      ? rectangularMapper({ shape: mesh.shape, grid: sourceGrid })
      : adaptiveRectangularMapper(rectangle);
  const mapper = seenThrough(interpolated, primaryBeam);
  return { mapper, interpolated, triangulated: false, rectangle, border, ...shared, ...ended(traced) };
}

function checkFlag(value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw new WtildeError('InvalidOption', {
    what: 'neither true nor false',
    where: 'useBorderRelocator',
    expected: 'true or false',
    actual: shown(value),
    remedy: 'pass one of those',
  });
}

function borderOf(mask: Mask2D, grid: NdArray<'real'>): TracedBorder {
  const pixels = borderPixels(mask);
  return { ellipse: borderEllipse(grid, pixels), pixels, grid };
}

function rectangleOf(
  mesh: AdaptDensityMesh | AdaptImageMesh,
  grid: NdArray<'real'>,
  adaptImage: Float64Array | undefined,
): AdaptiveRectangle {
  const { shape, cdf, bandwidth } = mesh;
  if (mesh.type === 'rectangularAdaptDensity' || adaptImage === undefined) return { shape, grid, cdf, bandwidth };
  const { weightPower = 1, weightFloor = 0 } = mesh;
  const weights = adaptImage.map((value) => Math.max(Math.max(value, dark) ** weightPower, weightFloor));
  return { shape, grid, cdf, bandwidth, weights: real(weights) };
}

/** The least brightness that counts, so that no weight is 0; as in PyAutoLens. */
const dark = 1e-12;

function noAdaptImage({ type }: Mesh): WtildeError {
  return new WtildeError('MissingArgument', {
    what: 'there is no image that the mesh could follow',
    where: `mesh ${type}`,
    expected: 'an adapt image: the lensed source as an earlier model has it',
    actual: 'none',
    remedy:
      'pass adaptImage, such as the mappedReconstructedImage() of an earlier evidence; --adapt-image on the command line',
  });
}

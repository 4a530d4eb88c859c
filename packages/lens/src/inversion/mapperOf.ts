import type { NdArray } from '@wtilde/core-types';
import { delaunayMapper } from '../mapper/delaunayMapper.js';
import type { Mapper } from '../mapper/mapper.js';
import { type NaturalMapper, naturalMapper } from '../mapper/naturalMapper.js';
import { rectangularMapper } from '../mapper/rectangularMapper.js';
import type { MaskGeometry } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { seenThrough } from '../mask/primaryBeam.js';
import { rayTrace } from '../mass/lensing.js';
import { checkMesh } from '../mesh/mesh.js';
import { overlayImageMesh } from '../mesh/overlay.js';
import type { Model } from './model.js';

/** A mapper, with what it was made of. */
export interface Mapped {
  readonly mapper: Mapper;
  /** The same before the primary beam, where there is one. */
  readonly interpolated: Mapper;
  /** (M) of the dataset. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** The latter where it has natural neighbours and a frame. */
  readonly natural?: NaturalMapper | undefined;
  /** (M, 2) where the image pixels are in the source plane. */
  readonly sourceGrid: NdArray<'real'>;
  /** (S, 2) where the vertices of an overlay mesh are in the image plane. */
  readonly imageMesh?: NdArray<'real'> | undefined;
  /** Milliseconds of tracing, and of mapping. */
  readonly traceMs: number;
  readonly mapMs: number;
}

/** The mapper of a model. */
export function mapperOf(
  mask: Mask2D,
  { grid }: Pick<MaskGeometry, 'grid'>,
  { lens, mesh }: Pick<Model, 'lens' | 'mesh'>,
  primaryBeam?: NdArray<'real'>,
): Mapped {
  checkMesh(mesh);
  const started = performance.now();
  const sourceGrid = rayTrace(lens.mass, grid);
  const imageMesh = mesh.type === 'overlay' ? overlayImageMesh({ mask, shape: mesh.shape }) : undefined;
  const vertices = imageMesh === undefined ? undefined : rayTrace(lens.mass, imageMesh);
  const traced = performance.now();
  const interpolation = mesh.type === 'overlay' ? (mesh.interpolation ?? 'barycentric') : 'barycentric';
  const natural =
    vertices === undefined || interpolation === 'barycentric'
      ? undefined
      : naturalMapper({ vertices, grid: sourceGrid, interpolation });
  const interpolated =
    natural ??
    (vertices === undefined
      ? rectangularMapper({ shape: mesh.shape, grid: sourceGrid })
      : delaunayMapper({ vertices, grid: sourceGrid }));
  const mapper = seenThrough(interpolated, primaryBeam);
  const mapMs = performance.now() - traced;
  return { mapper, interpolated, primaryBeam, natural, sourceGrid, imageMesh, traceMs: traced - started, mapMs };
}

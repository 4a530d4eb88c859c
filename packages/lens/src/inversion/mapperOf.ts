import { delaunayMapper } from '../mapper/delaunayMapper.js';
import type { Mapper } from '../mapper/mapper.js';
import { rectangularMapper } from '../mapper/rectangularMapper.js';
import type { MaskGeometry } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { rayTrace } from '../mass/lensing.js';
import { checkMesh } from '../mesh/mesh.js';
import { overlayImageMesh } from '../mesh/overlay.js';
import type { Model } from './evidence.js';

/** The mapper of a model, and what tracing and mapping took in milliseconds. */
export function mapperOf(
  mask: Mask2D,
  { grid }: Pick<MaskGeometry, 'grid'>,
  { lens, mesh }: Pick<Model, 'lens' | 'mesh'>,
): { readonly mapper: Mapper; readonly traceMs: number; readonly mapMs: number } {
  checkMesh(mesh);
  const started = performance.now();
  const sourceGrid = rayTrace(lens.mass, grid);
  const traced =
    mesh.type === 'overlay' ? rayTrace(lens.mass, overlayImageMesh({ mask, shape: mesh.shape })) : undefined;
  const between = performance.now();
  const mapper =
    traced === undefined
      ? rectangularMapper({ shape: mesh.shape, grid: sourceGrid })
      : delaunayMapper({ vertices: traced, grid: sourceGrid });
  return { mapper, traceMs: between - started, mapMs: performance.now() - between };
}

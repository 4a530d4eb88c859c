import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { adaptiveRectangularAdjoint } from '../mapper/adaptiveRectangularMapper.js';
import { delaunayAdjoint } from '../mapper/delaunayAdjoint.js';
import { naturalAdjoint, type PlaceDerivatives } from '../mapper/naturalAdjoint.js';
import { rectangularAdjoint } from '../mapper/rectangularAdjoint.js';
import { timesRows } from '../mask/primaryBeam.js';
import { borderAdjoint } from '../mesh/borderAdjoint.js';
import { isImageMesh } from '../mesh/mesh.js';
import { lensModelGradient } from '../planes/lensPlanes.js';
import type { Mapped } from './mapperOf.js';
import type { Model } from './model.js';
import type { ModelDerivatives } from './modelDerivatives.js';

/** Derivatives of a log evidence by the path of each parameter, such as mass.0.einsteinRadius. */
export type EvidenceGradient = Readonly<Record<string, number>>;

/**
 * The derivatives of a number by every parameter of the lens, as lens.json writes them, and of the regularization, such
 * as `regularization.coefficient`: from those by mapping and regularization to the places of vertices and image pixels in the
 * source plane, and through the deflections to the lens.
 *
 * Exact while the mesh keeps its edges and every pixel its neighbours. With natural neighbours, the regularization
 * `gradient` and its frame the evidence is continuous where they change; with barycentric weights it jumps, which no
 * derivative shows.
 *
 * @param grid (M, 2) of the image pixels, in arcsec
 */
export function gradientOf(
  derivatives: ModelDerivatives,
  { lens, mesh, regularization }: Model,
  mapped: Mapped,
  grid: NdArray<'real'>,
): EvidenceGradient {
  const { parameters } = derivatives;
  const places = beforeBorder(placeDerivatives(derivatives, mapped, mesh, regularization), mapped);
  const ofPixels = lensModelGradient(lens, grid, places.grid).parameters;
  const ofVertices =
    mapped.imageMesh === undefined || places.vertices === undefined
      ? {}
      : lensModelGradient(lens, mapped.imageMesh, places.vertices).parameters;
  const gradient = Object.entries(ofPixels).map(([path, value]) => [path, value + (ofVertices[path] ?? 0)]);
  const ofPrior = Object.entries(parameters).map(([name, value]) => [`regularization.${name}`, value]);
  return Object.fromEntries([...gradient, ...ofPrior]);
}

type Places = Pick<PlaceDerivatives, 'grid'> & Partial<PlaceDerivatives>;

/** What the derivatives are by points before they were drawn to a border. */
function beforeBorder({ grid, vertices }: Places, { border }: Mapped): Places {
  if (border === undefined) return { grid, ...(vertices === undefined ? {} : { vertices }) };
  const { pull, end } = borderAdjoint(border.ellipse, border.grid, border.pixels);
  const byGrid = pull(border.grid, grid);
  const byVertices =
    vertices === undefined || border.vertices === undefined ? undefined : pull(border.vertices, vertices);
  end(byGrid);
  return {
    grid: real(byGrid, grid.shape),
    ...(byVertices && vertices && { vertices: real(byVertices, vertices.shape) }),
  };
}

/** By the places of vertices and image pixels: through the mapping, and through H. */
function placeDerivatives(
  { byMapping, byWeights, byDiagonal, vertices: byPrior }: ModelDerivatives,
  { interpolated: mapper, primaryBeam, natural, sourceGrid, rectangle }: Mapped,
  mesh: Model['mesh'],
  regularization: Model['regularization'],
): Places {
  // The primary beam depends on the pixel alone.
  const byWeight = primaryBeam === undefined ? byMapping : timesRows(byMapping, primaryBeam);
  const entries = real(byWeight, mapper.pixIndexesForSubSlimIndex.shape);
  if (isImageMesh(mesh)) {
    const { grid, vertices } =
      natural === undefined
        ? delaunayAdjoint({ mapper, grid: sourceGrid, byMapping: entries })
        : naturalAdjoint({
            mapper: natural,
            grid: sourceGrid,
            byMapping: entries,
            ...(regularization.type === 'gradient' && ofUnitGraph(byWeights, byDiagonal, regularization.coefficient)),
          });
    if (byPrior === undefined) return { grid, vertices };
    return {
      grid,
      vertices: real(
        vertices.data.map((each, at) => each + byPrior[at]),
        vertices.shape,
      ),
    };
  }
  if (byPrior !== undefined) throw noDerivative(regularization);
  if (rectangle !== undefined) return { grid: adaptiveRectangularAdjoint({ ...rectangle, byMapping: entries }) };
  return { grid: rectangularAdjoint({ shape: mesh.shape, grid: sourceGrid, byMapping: entries }) };

  /** By the graph of coefficient 1, as the adjoint of the mapper wants them. */
  function ofUnitGraph(weights: Float64Array | undefined, diagonal: Float64Array | undefined, coefficient: number) {
    const scaled = (values: Float64Array) => values.map((value) => coefficient * coefficient * value);
    return {
      ...(weights && { byWeights: real(scaled(weights), mapper.neighbors.shape) }),
      ...(diagonal && { byDiagonal: real(scaled(diagonal)) }),
    };
  }
}

function noDerivative({ type }: Model['regularization']): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'there is no gradient of this evidence yet: H depends on where the cells are',
    where: `regularization ${type}`,
    expected: 'a mesh of points, or a regularization by neighbours',
    actual: 'a kernel on a rectangular mesh',
    remedy: 'use a mesh like overlay:30x30, or differences of evidences',
  });
}

import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { type DifferentiableEvidence, type EvidenceDerivatives, evidenceDerivatives } from '@wtilde/numerics';
import { adaptiveRectangularAdjoint } from '../mapper/adaptiveRectangularMapper.js';
import { delaunayAdjoint } from '../mapper/delaunayAdjoint.js';
import { naturalAdjoint, type PlaceDerivatives } from '../mapper/naturalAdjoint.js';
import { rectangularAdjoint } from '../mapper/rectangularAdjoint.js';
import { lensGradient } from '../mass/gradient.js';
import { isImageMesh } from '../mesh/mesh.js';
import type { GraphPrior, Prior } from '../regularization/kind.js';
import type { Mapped } from './mapperOf.js';
import type { Model } from './model.js';

/** Derivatives of a log evidence by the path of each parameter, such as mass.0.einsteinRadius. */
export type EvidenceGradient = Readonly<Record<string, number>>;

/**
 * The derivatives of a log evidence by every parameter of the lens, as lens.json writes them, and by
 * `regularization.coefficient`: from those by mapping and regularization to the places of vertices and image pixels in the
 * source plane, and through the deflections to the lens.
 *
 * Exact while the mesh keeps its edges and every pixel its neighbours. With natural neighbours, the regularization
 * `gradient` and its frame the evidence is continuous where they change; with barycentric weights it jumps, which no
 * derivative shows.
 *
 * @param grid (M, 2) of the image pixels, in arcsec
 */
export function gradientOf(
  { prior, ...evidence }: Omit<DifferentiableEvidence, 'graph'> & { readonly prior: Prior },
  { lens, mesh, regularization }: Model,
  mapped: Mapped,
  grid: NdArray<'real'>,
): EvidenceGradient {
  const { graph, pull } = differentiable(prior, mapped, regularization);
  const derivatives = evidenceDerivatives({ ...evidence, graph });
  const { parameters, mapping } = pull(derivatives.byWeights, derivatives.byDiagonal);
  const byMapping = mapping ? derivatives.byMapping.map((each, entry) => each + mapping[entry]) : derivatives.byMapping;
  const places = placeDerivatives({ ...derivatives, byMapping }, mapped, mesh, regularization);
  const ofPixels = lensGradient(lens.mass, grid, places.grid).parameters;
  const ofVertices =
    mapped.imageMesh === undefined || places.vertices === undefined
      ? {}
      : lensGradient(lens.mass, mapped.imageMesh, places.vertices).parameters;
  const gradient = Object.entries(ofPixels).map(([path, value]) => [path, value + (ofVertices[path] ?? 0)]);
  const ofPrior = Object.entries(parameters).map(([name, value]) => [`regularization.${name}`, value]);
  return Object.fromEntries([...gradient, ...ofPrior]);
}

/** A prior by a graph, on a mesh whose places are those that were traced. */
function differentiable(prior: Prior, { border }: Mapped, { type }: Model['regularization']): GraphPrior {
  if (border === undefined && 'graph' in prior) return prior;
  throw new WtildeError('InvalidOption', {
    what: 'there is no gradient of this evidence yet',
    where: border === undefined ? `regularization ${type}` : 'useBorderRelocator',
    expected: 'a regularization by neighbours, such as gradient, constant or adaptPower, without the border relocator',
    actual: border === undefined ? 'one by a dense matrix' : 'points that were drawn back to the border',
    remedy: 'use one of those, or differences of evidences',
  });
}

function placeDerivatives(
  { byMapping, byWeights, byDiagonal }: EvidenceDerivatives,
  { mapper, natural, sourceGrid, rectangle }: Mapped,
  mesh: Model['mesh'],
  regularization: Model['regularization'],
): Pick<PlaceDerivatives, 'grid'> & Partial<PlaceDerivatives> {
  const entries = real(byMapping, mapper.pixIndexesForSubSlimIndex.shape);
  if (natural !== undefined) {
    const given = { mapper: natural, grid: sourceGrid, byMapping: entries };
    if (regularization.type !== 'gradient') return naturalAdjoint(given);
    const square = regularization.coefficient ** 2;
    const ofGraph = (values: Float64Array) => values.map((value) => square * value);
    return naturalAdjoint({
      ...given,
      byWeights: real(ofGraph(byWeights), mapper.neighbors.shape),
      byDiagonal: real(ofGraph(byDiagonal)),
    });
  }
  if (isImageMesh(mesh)) return delaunayAdjoint({ mapper, grid: sourceGrid, byMapping: entries });
  if (rectangle !== undefined) return { grid: adaptiveRectangularAdjoint({ ...rectangle, byMapping: entries }) };
  return { grid: rectangularAdjoint({ shape: mesh.shape, grid: sourceGrid, byMapping: entries }) };
}

import { type NdArray, real } from '@wtilde/core-types';
import { type DifferentiableEvidence, type EvidenceDerivatives, evidenceDerivatives } from '@wtilde/numerics';
import { delaunayAdjoint } from '../mapper/delaunayAdjoint.js';
import { naturalAdjoint, type PlaceDerivatives } from '../mapper/naturalAdjoint.js';
import { rectangularAdjoint } from '../mapper/rectangularAdjoint.js';
import { timesRows } from '../mask/primaryBeam.js';
import { lensGradient } from '../mass/gradient.js';
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
  evidence: DifferentiableEvidence,
  { lens, mesh, regularization }: Model,
  mapped: Mapped,
  grid: NdArray<'real'>,
): EvidenceGradient {
  const derivatives = evidenceDerivatives(evidence);
  const places = placeDerivatives(derivatives, mapped, mesh, regularization);
  const ofPixels = lensGradient(lens.mass, grid, places.grid).parameters;
  const ofVertices =
    mapped.imageMesh === undefined || places.vertices === undefined
      ? {}
      : lensGradient(lens.mass, mapped.imageMesh, places.vertices).parameters;
  const gradient = Object.entries(ofPixels).map(([path, value]) => [path, value + (ofVertices[path] ?? 0)]);
  return {
    ...Object.fromEntries(gradient),
    'regularization.coefficient': byCoefficient(derivatives, evidence, regularization),
  };
}

function placeDerivatives(
  { byMapping, byWeights, byDiagonal }: EvidenceDerivatives,
  { interpolated: mapper, primaryBeam, natural, sourceGrid }: Mapped,
  mesh: Model['mesh'],
  { type, coefficient }: Model['regularization'],
): Pick<PlaceDerivatives, 'grid'> & Partial<PlaceDerivatives> {
  // The primary beam depends on the pixel alone.
  const byWeight = primaryBeam === undefined ? byMapping : timesRows(byMapping, primaryBeam);
  const entries = real(byWeight, mapper.pixIndexesForSubSlimIndex.shape);
  if (natural !== undefined) {
    const ofGraph = (values: Float64Array) => values.map((value) => coefficient * coefficient * value);
    return naturalAdjoint({
      mapper: natural,
      grid: sourceGrid,
      byMapping: entries,
      ...(type === 'gradient'
        ? { byWeights: real(ofGraph(byWeights), mapper.neighbors.shape), byDiagonal: real(ofGraph(byDiagonal)) }
        : {}),
    });
  }
  if (mesh.type === 'overlay') return delaunayAdjoint({ mapper, grid: sourceGrid, byMapping: entries });
  return { grid: rectangularAdjoint({ shape: mesh.shape, grid: sourceGrid, byMapping: entries }) };
}

/** Weights, and the diagonal of `gradient`, are proportional to c^2. */
function byCoefficient(
  { byWeights, byDiagonal }: EvidenceDerivatives,
  { graph }: DifferentiableEvidence,
  { type, coefficient }: Model['regularization'],
): number {
  const { order, sizes, weights, diagonal } = graph;
  const slots = weights.length / order;
  let sum = 0;
  for (let i = 0; i < order; i++) {
    if (type === 'gradient') sum += byDiagonal[i] * diagonal[i];
    // Every edge is listed at both ends.
    for (let at = i * slots; at < i * slots + sizes[i]; at++) sum += (byWeights[at] * weights[at]) / 2;
  }
  return (2 / coefficient) * sum;
}

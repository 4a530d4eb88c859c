import { facetOverEdge, pullFacetOverEdge } from '../mesh/facets.js';
import type { FramedMesh } from '../mesh/framedMesh.js';
import { createCavity } from './cavity.js';
import { type Interpolation, meanDerivative, normalize } from './interpolation.js';

/**
 * Laplace's weights of the natural neighbours: the Voronoi facet between the point and each of them over their distance,
 * relative to the sum (N. H. Christ, R. Friedberg and T. D. Lee, Nuclear Physics B 202 (1982) 89).
 *
 * Continuous, exact for linear functions; the derivative jumps where a natural neighbour comes or goes.
 */
export function laplace(mesh: FramedMesh): Interpolation {
  const cavity = createCavity(mesh);
  const { points, point, ring } = cavity;
  let total = 0;
  return {
    ...cavity,
    weigh(size, weights) {
      for (let k = 0; k < size; k++) {
        weights[k] = facetOverEdge(points, point, ring[k], ring[after(k, size)], ring[before(k, size)]);
      }
      total = normalize(size, weights);
    },
    pull(size, weights, derivatives, sums) {
      const mean = meanDerivative(size, weights, derivatives);
      for (let k = 0; k < size; k++) {
        const byFacet = (derivatives[k] - mean) / total;
        pullFacetOverEdge(points, point, ring[k], ring[after(k, size)], ring[before(k, size)], byFacet, sums);
      }
    },
  };
}

function after(k: number, size: number): number {
  return k + 1 === size ? 0 : k + 1;
}

function before(k: number, size: number): number {
  return k === 0 ? size - 1 : k - 1;
}

import { slotsOf, type WeightedGraph } from '@wtilde/numerics';
import type { GraphPrior, RegularizedMesh } from './kind.js';

/** The neighbours of a mesh as a graph, with a weight for every edge and source pixel. */
export function neighborGraph(
  { mapper }: RegularizedMesh,
  weight: (pixel: number, neighbor: number) => number,
  diagonal: (pixel: number) => number,
): WeightedGraph {
  const { pixels: order, neighbors, neighborsSizes } = mapper;
  const graph = { order, neighbors: neighbors.data, sizes: neighborsSizes.data };
  const slots = slotsOf(graph);
  const weights = new Float64Array(order * slots);
  forEachSlot(graph, (slot, pixel, neighbor) => {
    weights[slot] = weight(pixel, neighbor);
  });
  return { ...graph, weights, diagonal: Float64Array.from({ length: order }, (_, pixel) => diagonal(pixel)) };
}

/** H = diag(diagonal): the neighbours stay, with edges that weigh nothing. */
export function diagonalGraph(mesh: RegularizedMesh, diagonal: (pixel: number) => number): WeightedGraph {
  return neighborGraph(mesh, () => 0, diagonal);
}

/** Every place of the lists that names a neighbour; an edge has two. */
export function forEachSlot(
  graph: Pick<WeightedGraph, 'order' | 'neighbors' | 'sizes'>,
  visit: (slot: number, pixel: number, neighbor: number) => void,
): void {
  const slots = slotsOf(graph);
  for (let pixel = 0; pixel < graph.order; pixel++) {
    for (let slot = pixel * slots; slot < pixel * slots + graph.sizes[pixel]; slot++) {
      visit(slot, pixel, graph.neighbors[slot]);
    }
  }
}

/** The sum over edges of derivatives times weights: by ln of a factor that all weights have. */
export function byEdges({ weights, ...graph }: GraphPrior['graph'], byWeights: Float64Array): number {
  let sum = 0;
  forEachSlot(graph, (slot) => {
    sum += (byWeights[slot] * weights[slot]) / 2;
  });
  return sum;
}

/** The sum of derivatives times diagonal. */
export function byPixels({ diagonal }: GraphPrior['graph'], byDiagonal: Float64Array): number {
  return byDiagonal.reduce((sum, each, pixel) => sum + each * diagonal[pixel], 0);
}

import type { NeighborGraph } from '@wtilde/numerics';
import { randomNumbers } from './naive.js';

/** The padded lists of an undirected graph, with junk in the padding. */
export function graphOf(order: number, edges: Iterable<readonly [number, number]>): NeighborGraph {
  const lists: number[][] = Array.from({ length: order }, () => []);
  for (const [i, j] of edges) {
    lists[i].push(j);
    lists[j].push(i);
  }
  const slots = Math.max(1, ...lists.map((list) => list.length)) + 1;
  const neighbors = new Int32Array(order * slots).fill(-1);
  for (const [i, list] of lists.entries()) neighbors.set(list, i * slots);
  return { order, neighbors, sizes: Int32Array.from(lists, (list) => list.length) };
}

export function path(n: number): NeighborGraph {
  return graphOf(
    n,
    Array.from({ length: n - 1 }, (_, i) => [i, i + 1] as const),
  );
}

export function cycle(n: number): NeighborGraph {
  return graphOf(
    n,
    Array.from({ length: n }, (_, i) => [i, (i + 1) % n] as const),
  );
}

export function complete(n: number): NeighborGraph {
  return graphOf(n, Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat());
}

/** Vertex 0 joined to all others. */
export function star(n: number): NeighborGraph {
  return graphOf(
    n,
    Array.from({ length: n - 1 }, (_, i) => [0, i + 1] as const),
  );
}

export function rectangle(rows: number, columns: number): NeighborGraph {
  const edges: [number, number][] = [];
  for (let i = 0; i < rows * columns; i++) {
    if (i % columns > 0) edges.push([i, i - 1]);
    if (i >= columns) edges.push([i, i - columns]);
  }
  return graphOf(rows * columns, edges);
}

/** Every pair of vertices is joined with the given probability. */
export function randomGraph(n: number, probability: number, seed: number): NeighborGraph {
  const random = randomNumbers(seed);
  const edges: [number, number][] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if ((random() + 1) / 2 < probability) edges.push([i, j]);
  }
  return graphOf(n, edges);
}

/** The graphs side by side, not connected. */
export function union(...graphs: readonly NeighborGraph[]): NeighborGraph {
  const edges: [number, number][] = [];
  let offset = 0;
  for (const graph of graphs) {
    for (const [i, j] of edgesOf(graph)) edges.push([offset + i, offset + j]);
    offset += graph.order;
  }
  return graphOf(offset, edges);
}

/** The same graph with its vertices renumbered at random. */
export function shuffled(graph: NeighborGraph, seed: number): NeighborGraph {
  const random = randomNumbers(seed);
  const names = Array.from({ length: graph.order }, (_, i) => i);
  for (let i = graph.order - 1; i > 0; i--) {
    const j = Math.floor(((random() + 1) / 2) * (i + 1));
    [names[i], names[j]] = [names[j], names[i]];
  }
  return graphOf(
    graph.order,
    Array.from(edgesOf(graph), ([i, j]) => [names[i], names[j]] as const),
  );
}

function* edgesOf({ order, neighbors, sizes }: NeighborGraph): Generator<[number, number]> {
  const slots = order === 0 ? 0 : neighbors.length / order;
  for (let i = 0; i < order; i++) {
    for (const j of neighbors.subarray(i * slots, i * slots + sizes[i])) if (j < i) yield [i, j];
  }
}

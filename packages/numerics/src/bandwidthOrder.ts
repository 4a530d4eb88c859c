import { type NeighborGraph, slotsOf } from './neighborGraph.js';

/**
 * An order of the vertices in which neighbours stand close together: reverse Cuthill-McKee (Cuthill
 * and McKee 1969; George 1971), component after component.
 *
 * Each component is searched breadth first from a vertex at its edge, the neighbours of a vertex in
 * the order of their degrees, and the result is reversed, so that a vertex with very many neighbours
 * comes after them and does not fill the matrix. On a mesh of S vertices the bandwidth is about
 * sqrt(S). Cost: a few passes over the lists.
 *
 * @returns the vertex at each place
 */
export function bandwidthOrder(graph: NeighborGraph): Int32Array {
  const order = new Int32Array(graph.order);
  // The number of the search that reached a vertex last; a finished vertex is marked for good.
  const marks = new Int32Array(graph.order);
  const search: Search = { graph, slots: slotsOf(graph), order, marks, runs: 0 };
  let placed = 0;
  for (let vertex = 0; vertex < graph.order; vertex++) {
    if (marks[vertex] === FINISHED) continue;
    placed = searchFrom(search, edgeVertex(search, vertex, placed), placed).end;
    for (let place = placed - 1; place >= 0 && marks[order[place]] !== FINISHED; place--) {
      marks[order[place]] = FINISHED;
    }
  }
  return order.reverse();
}

const FINISHED = -1;

interface Search {
  readonly graph: NeighborGraph;
  readonly slots: number;
  /** Also the queue: a search from `place` on overwrites what earlier searches left there. */
  readonly order: Int32Array;
  readonly marks: Int32Array;
  runs: number;
}

interface Levels {
  /** The place after the last vertex that was reached. */
  readonly end: number;
  /** Where the last level starts. */
  readonly lastLevel: number;
  /** Levels below the first. */
  readonly depth: number;
}

/**
 * A vertex from which the search runs deep and therefore narrow: the farthest from the farthest, and
 * so on while the depth still grows (George and Liu 1979).
 */
function edgeVertex(search: Search, start: number, place: number): number {
  const { order, graph } = search;
  let vertex = start;
  let depth = -1;
  for (;;) {
    const levels = searchFrom(search, vertex, place);
    if (levels.depth <= depth) return vertex;
    depth = levels.depth;
    vertex = order[levels.lastLevel];
    for (let i = levels.lastLevel + 1; i < levels.end; i++) {
      if (graph.sizes[order[i]] < graph.sizes[vertex]) vertex = order[i];
    }
  }
}

/** Breadth-first search from a vertex; what it reaches is written to `order` from `place` on. */
function searchFrom(search: Search, start: number, place: number): Levels {
  const { graph, slots, order, marks } = search;
  const { neighbors, sizes } = graph;
  const run = ++search.runs;
  order[place] = start;
  marks[start] = run;
  let end = place + 1;
  let lastLevel = place;
  let levelEnd = end;
  let depth = 0;
  for (let i = place; i < end; i++) {
    if (i === levelEnd) {
      lastLevel = i;
      levelEnd = end;
      depth++;
    }
    const vertex = order[i];
    const firstChild = end;
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const child = neighbors[slot];
      if (marks[child] === run) continue;
      marks[child] = run;
      // Insertion sort: the children of a vertex are few.
      let to = end++;
      for (; to > firstChild && sizes[order[to - 1]] > sizes[child]; to--) order[to] = order[to - 1];
      order[to] = child;
    }
  }
  return { end, lastLevel, depth };
}

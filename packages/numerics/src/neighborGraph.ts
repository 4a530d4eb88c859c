/** An undirected graph without loops: the neighbours of the source pixels, as padded lists. */
export interface NeighborGraph {
  /** S, the number of vertices. */
  readonly order: number;
  /** (S, P): the first `sizes[i]` entries of row i are the neighbours of i; unique and mutual. */
  readonly neighbors: Int32Array;
  /** (S). */
  readonly sizes: Int32Array;
}

/** P, the length of the padded lists. */
export function slotsOf({ order, neighbors }: NeighborGraph): number {
  return order === 0 ? 0 : neighbors.length / order;
}

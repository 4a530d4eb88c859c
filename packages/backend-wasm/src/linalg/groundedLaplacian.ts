import { badPivotOfGraph, freshMemory, graphEnvelope, type Scratch, type WeightedGraph } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';

/** Rows of a strip, as the compiled code has it. */
const TILE = 4;

/**
 * log det of the matrix of a weighted graph, to nearly full relative precision of every pivot, however small its
 * diagonal.
 *
 * The matrix is that of an electrical network: neighbours are joined by conductances `weights`, every vertex is
 * connected to earth by its `diagonal`. Eliminating a vertex leaves such a network again (the star-mesh transform), and
 * carried out on conductances nothing is ever subtracted, so the relative error of a pivot is of the order of S eps,
 * while an ordinary factorization loses the last pivot of a connected graph, the sum of the diagonal, entirely once its
 * ratio to the weights is about eps (Grassmann, Taksar and Heyman 1985; Alfa, Xue and Ye 2002).
 *
 * The elements -w are kept within the envelope of a bandwidth-reducing order: on a mesh about S^2 operations.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function logDetWeightedGraph(engine: Engine, graph: WeightedGraph, scratch: Scratch = freshMemory): number {
  const { order } = graph;
  const { first, last, bases, values, ground } = graphEnvelope(graph, TILE, scratch);
  const strips = first.length;
  return engine.scoped((arena) => {
    const envelope = [arena.putF64(values), arena.putI32(bases), arena.putI32(first), arena.putI32(last)];
    const work = arena.i32(2 * strips);
    const pivots = arena.f64(TILE * strips);
    const bad = engine.call('eliminateNetwork', strips, ...envelope, arena.putF64(ground), work, pivots);
    const found = engine.heap.copyF64(pivots, order);
    if (bad >= 0) throw badPivotOfGraph(bad, found[bad]);
    return found.reduce((sum, pivot) => sum + Math.log(pivot), 0);
  });
}

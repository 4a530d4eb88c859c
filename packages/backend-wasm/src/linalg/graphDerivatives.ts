import {
  badPivotOfGraph,
  bandOf,
  type GraphDerivatives,
  resistancesOnGraph,
  type WeightedGraph,
} from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';

/**
 * log det H of a weighted graph and its derivatives, as `graphDerivatives` of numerics has them: on a mesh about 4 S^2
 * operations, on one thread.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function graphDerivatives(engine: Engine, graph: WeightedGraph): GraphDerivatives {
  const band = bandOf(graph);
  const { order, starts, weights, ground } = band;
  return engine.scoped((arena) => {
    const edges = [order, arena.putI32(starts), arena.putF64(weights), arena.putF64(ground)];
    const pivots = arena.f64(order);
    const bad = engine.call('eliminateBand', ...edges, pivots);
    const found = engine.heap.copyF64(pivots, order);
    if (bad >= 0) throw badPivotOfGraph(bad, found[bad]);
    const [between, toEarth, sums] = [arena.f64(weights.length), arena.f64(order), arena.f64(order)];
    engine.call('bandResistances', ...edges, pivots, between, toEarth, sums);
    const resistances = {
      between: engine.heap.f64(between, weights.length),
      toEarth: engine.heap.f64(toEarth, order),
    };
    const logDet = found.reduce((sum, pivot) => sum + Math.log(pivot), 0);
    return { logDet, ...resistancesOnGraph(graph, band, resistances) };
  });
}

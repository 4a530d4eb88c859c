import { WtildeError } from '@wtilde/core-types';
import { bandwidthOrder } from '../bandwidthOrder.js';
import { slotsOf } from '../neighborGraph.js';
import type { WeightedGraph } from './weightedGraph.js';

/** log det H of a weighted graph and its derivatives. */
export interface GraphDerivatives {
  readonly logDet: number;
  /** (S, P) by the weight of every edge, the same from both ends; 0 beyond the neighbours. */
  readonly byWeights: Float64Array;
  /** (S) by the diagonal of the graph. */
  readonly byDiagonal: Float64Array;
}

/**
 * log det H and its derivatives by weights and diagonal, from the sparse elimination of the graph; H^-1 is never formed.
 *
 * H is that of an electrical network with the earth as one more vertex. In it the derivatives are resistances: between the
 * ends of an edge, e^t H^-1 e, and between a source pixel and the earth, (H^-1)_ii. Elimination only adds, as in the log
 * determinant; then vertices come back in reverse order, each with its resistances to the later ones that it was joined to,
 *
 *   R_jk = 1 / d_j + v_k - c,   v_k = sum_l m_l R_kl,   c = 1/2 sum_k m_k v_k,   m_l = w_jl / d_j,
 *
 * which is Takahashi's recurrence (Takahashi, Fagan and Chin 1973) in resistances instead of elements of H^-1: those are
 * of the size of 1 / (sum of the diagonal) and their differences would lose what an edge knows.
 *
 * Within the band of a bandwidth-reducing order: on a mesh about 4 S^2 operations.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function graphDerivatives(graph: WeightedGraph): GraphDerivatives {
  const band = bandOf(graph);
  const logDet = eliminate(band);
  return { logDet, ...resistancesOnGraph(graph, band, resistancesOf(band)) };
}

/** log det H alone. About S^2 operations on a mesh. */
export function logDetOfGraph(graph: WeightedGraph): number {
  return eliminate(bandOf(graph));
}

/** The edges from every place of an elimination to later ones, and what they become. */
export interface GraphBand {
  readonly order: number;
  /** Of every vertex its place in the elimination. */
  readonly places: Int32Array;
  /** (S + 1) where the weights of a place to the places behind it start; the last of them never falls. */
  readonly starts: Int32Array;
  /** Weights; after the elimination the shares m of the pivot. */
  readonly weights: Float64Array;
  /** To the earth, likewise. */
  readonly ground: Float64Array;
  readonly pivots: Float64Array;
}

/** Resistances as the weights of a band are stored, and to the earth. */
export interface BandResistances {
  readonly between: Float64Array;
  readonly toEarth: Float64Array;
}

/** The band of a graph before its elimination. */
export function bandOf(graph: WeightedGraph): GraphBand {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const vertices = bandwidthOrder(graph);
  const places = new Int32Array(order);
  vertices.forEach((vertex, place) => {
    places[vertex] = place;
  });
  const last = Int32Array.from({ length: order }, (_, place) => place);
  for (let vertex = 0; vertex < order; vertex++) {
    const place = places[vertex];
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      last[place] = Math.max(last[place], places[neighbors[slot]]);
    }
  }
  const starts = new Int32Array(order + 1);
  for (let place = 0; place < order; place++) {
    if (place > 0) last[place] = Math.max(last[place], last[place - 1]);
    starts[place + 1] = starts[place] + last[place] - place;
  }
  const band = new Float64Array(starts[order]);
  for (let vertex = 0; vertex < order; vertex++) {
    const place = places[vertex];
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const other = places[neighbors[slot]];
      if (other > place) band[starts[place] + other - place - 1] += weights[slot];
    }
  }
  const ground = Float64Array.from(vertices, (vertex) => diagonal[vertex]);
  return { order, places, starts, weights: band, ground, pivots: new Float64Array(order) };
}

/** Gaussian elimination that never subtracts; the sum of the logarithms of the pivots. */
function eliminate({ order, starts, weights, ground, pivots }: GraphBand): number {
  let logDet = 0;
  for (let j = 0; j < order; j++) {
    const [from, end] = [starts[j], starts[j + 1]];
    let pivot = ground[j];
    for (let at = from; at < end; at++) pivot += weights[at];
    if (!(pivot > 0 && pivot < Infinity)) throw badPivotOfGraph(j, pivot);
    logDet += Math.log(pivot);
    pivots[j] = pivot;
    for (let at = from, k = j + 1; at < end; at++, k++) {
      const share = weights[at] / pivot;
      if (share !== 0) {
        ground[k] += share * ground[j];
        let to = starts[k] | 0;
        for (let later = (at + 1) | 0; later < end; later = (later + 1) | 0) {
          weights[to] += share * weights[later];
          to = (to + 1) | 0;
        }
      }
    }
    for (let at = from; at < end; at++) weights[at] /= pivot;
    ground[j] /= pivot;
  }
  return logDet;
}

function resistancesOf({ order, starts, weights: shares, ground, pivots }: GraphBand): BandResistances {
  const between = new Float64Array(shares.length);
  const toEarth = new Float64Array(order);
  const sums = new Float64Array(order + 1);
  for (let j = order - 1; j >= 0; j--) {
    const from = starts[j] | 0;
    const first = (j + 1) | 0;
    const count = (starts[first] - from) | 0;
    // v_k: first what the earth brings, then every pair of later vertices, for both of its ends.
    let earth = 0;
    for (let k = 0; k < count; k++) {
      sums[k] = ground[j] * toEarth[first + k];
      earth += shares[from + k] * toEarth[first + k];
    }
    for (let k = 0; k < count; k++) {
      const share = shares[from + k];
      let at = starts[first + k] | 0;
      let sum = 0;
      for (let l = (k + 1) | 0; l < count; l = (l + 1) | 0) {
        const resistance = between[at];
        sum += shares[(from + l) | 0] * resistance;
        sums[l] += share * resistance;
        at = (at + 1) | 0;
      }
      sums[k] += sum;
    }
    let all = ground[j] * earth;
    for (let k = 0; k < count; k++) all += shares[from + k] * sums[k];
    const own = 1 / pivots[j] - all / 2;
    for (let k = 0; k < count; k++) between[from + k] = own + sums[k];
    toEarth[j] = own + earth;
  }
  return { between, toEarth };
}

/** The resistances of a band as derivatives by the weights and the diagonal of its graph. */
export function resistancesOnGraph(
  graph: WeightedGraph,
  { places, starts }: GraphBand,
  { between, toEarth }: BandResistances,
): Pick<GraphDerivatives, 'byWeights' | 'byDiagonal'> {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const byWeights = new Float64Array(order * slots);
  const byDiagonal = Float64Array.from(places, (place) => toEarth[place]);
  for (let vertex = 0; vertex < order; vertex++) {
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const [a, b] = [places[vertex], places[neighbors[slot]]];
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      byWeights[slot] = between[starts[low] + high - low - 1];
    }
  }
  return { byWeights, byDiagonal };
}

export function badPivotOfGraph(place: number, pivot: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the regularization matrix is not positive definite in float64',
    where: `pivot ${place} of the regularization matrix`,
    expected: 'a positive finite number',
    actual: `${pivot}`,
    remedy: 'give every connected part of the mesh a diagonal above 0, finite weights and mutual neighbours',
  });
}

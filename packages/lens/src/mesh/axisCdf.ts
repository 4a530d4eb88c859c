import { chebyshevTable } from '../functions/chebyshev.js';
import { normalDensity, normalShare, tail } from '../functions/normal.js';

/** How many of some points lie below a place along one axis, as a share that rises from 0 to 1. */
export interface AxisCdf {
  /** From 0 at the least point to 1 at the largest. */
  at(x: number): number;
  /** Where a share from 0 to 1 is reached. */
  inverse(share: number): number;
}

/** A smooth share, which can be differentiated. */
export interface SmoothCdf extends AxisCdf {
  /** (M) by every point, from derivatives of a quantity by the shares at the points. */
  pull(byShares: Float64Array): Float64Array;
}

/**
 * The share as ranks: the sum of the weights up to and with a point, between points in proportion. Without weights the rank
 * over M + 1. It jumps in the order of points: an evidence made with it is constant but for jumps.
 */
export function rankCdf(points: Float64Array, weights?: Float64Array): AxisCdf {
  const order = Uint32Array.from(points, (_, at) => at).sort((a, b) => points[a] - points[b] || a - b);
  const places = Float64Array.from(order, (at) => points[at]);
  let sum = 0;
  const shares = Float64Array.from(order, (at, rank) => {
    sum += weights?.[at] ?? 0;
    return weights === undefined ? (rank + 1) / (points.length + 1) : sum;
  });
  const last = places.length - 1;
  return {
    at(x) {
      if (x < places[0]) return 0;
      if (x > places[last]) return 1;
      const at = lastNotAbove(places, x);
      if (at === last || places[at] === x) return shares[at];
      return shares[at] + ((x - places[at]) / (places[at + 1] - places[at])) * (shares[at + 1] - shares[at]);
    },
    inverse(share) {
      const at = lastNotAbove(shares, share);
      if (at < 0) return places[0];
      if (at === last || shares[at] === share) return places[at];
      return places[at] + ((share - shares[at]) / (shares[at + 1] - shares[at])) * (places[at + 1] - places[at]);
    },
  };
}

/** -1 where all are above. */
function lastNotAbove(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Pieces in bandwidths, in which polynomials are right to rounding, for the derivatives of a normal share are bounded. */
const pieces = { width: 3, degree: 23 };

/**
 * The share as a density estimate: F(x) = sum of w_i Phi((x - x_i) / h), Phi the normal share and h = bandwidth times the
 * extent of the points over the cells of the mesh, rescaled to 0 and 1 at the outermost points (Enzi et al. 2026). Smooth
 * in x and in every point.
 *
 * F is tabulated, and so are the sums that its derivatives need: some 8 sums for every cell, over the points within 9
 * bandwidths. Cost: O(M cells) for M queries.
 */
export function kernelCdf(
  points: Float64Array,
  cells: number,
  { bandwidth, weights }: { readonly bandwidth: number; readonly weights?: Float64Array | undefined },
): SmoothCdf {
  const total = weights?.reduce((sum, each) => sum + each, 0) ?? points.length;
  const weightOf = (at: number) => (weights?.[at] ?? 1) / total;
  const least = points.reduce((best, x, at) => (x < points[best] ? at : best), 0);
  const most = points.reduce((best, x, at) => (x > points[best] ? at : best), 0);
  const [low, high] = [points[least], points[most]];
  const width = (bandwidth * (high - low)) / cells;
  const share = normalShare();
  const order = Uint32Array.from(points, (_, at) => at).sort((a, b) => points[a] - points[b] || a - b);
  const places = Float64Array.from(order, (at) => (points[at] - low) / width);
  /** A sum over the points that are near, as a function of t = (x - low) / h. */
  const summed = (term: (t: number, at: number) => number, whole: (count: number) => number = () => 0) =>
    chebyshevTable((t) => {
      const from = lastNotAbove(places, t - tail) + 1;
      const to = lastNotAbove(places, t + tail) + 1;
      let sum = whole(from);
      for (let k = from; k < to; k++) sum += term(t - places[k], order[k]);
      return sum;
    }, pieces);
  const upTo = new Float64Array(points.length + 1);
  order.forEach((at, k) => {
    upTo[k + 1] = upTo[k] + weightOf(at);
  });
  const table = summed(
    (t, at) => weightOf(at) * share(t),
    (count) => upTo[count],
  );
  const inBandwidths = (x: number) => (x - low) / width;
  const [first, last] = [table(0), table(inBandwidths(high))];
  const range = last - first;
  const at = (x: number) => Math.min(Math.max((table(inBandwidths(x)) - first) / range, 0), 1);
  return {
    at,
    inverse(wanted) {
      let [below, above] = [low, high];
      for (let step = 0; step < 64 && above > below; step++) {
        const middle = below + (above - below) / 2;
        if (at(middle) < wanted) below = middle;
        else above = middle;
      }
      return wanted <= 0 ? low : wanted >= 1 ? high : above;
    },
    pull(byShares) {
      // share_q = (F(x_q) - F(low)) / (F(high) - F(low)): what it is by F at every point, low and high among them.
      const byF = byShares.map((each) => each / range);
      const byRange = -byShares.reduce((sum, each, q) => sum + each * at(points[q]), 0) / range;
      byF[most] += byRange;
      byF[least] -= byRange + byShares.reduce((sum, each) => sum + each, 0) / range;
      const density = summed((t, i) => weightOf(i) * normalDensity(t));
      const moment = summed((t, i) => weightOf(i) * normalDensity(t) * t);
      const answered = summed((t, q) => byF[q] * normalDensity(t));
      let byWidth = 0;
      const byPoints = points.map((x, i) => {
        const t = inBandwidths(x);
        byWidth -= (byF[i] * moment(t)) / width;
        return (byF[i] * density(t) - weightOf(i) * answered(t)) / width;
      });
      byPoints[most] += (byWidth * bandwidth) / cells;
      byPoints[least] -= (byWidth * bandwidth) / cells;
      return byPoints;
    },
  };
}

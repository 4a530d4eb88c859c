import { across, madd } from './vector';

/**
 * The elimination of a weighted graph and the resistances in it, within a band: see graphDerivatives of @wtilde/numerics.
 * The weights of place j to the places behind it stand from starts[j] on.
 */

/** values[to + n] += factor values[from + n] for n < count. */
// @ts-ignore: decorator
@inline
function addMultiple(to: usize, factor: f64, from: usize, count: i32): void {
  const f = f64x2.splat(factor);
  const pairs = from + (<usize>(count & ~1) << 3);
  while (from < pairs) {
    v128.store(to, madd(f, v128.load(from), v128.load(to)));
    from += 16;
    to += 16;
  }
  if (count & 1) store<f64>(to, load<f64>(to) + factor * load<f64>(from));
}

/**
 * Weights become shares of the pivots, as those to the earth do; nothing is subtracted.
 *
 * @returns the place of the first pivot that is not positive and finite, or -1
 */
export function eliminateBand(order: i32, starts: usize, weights: usize, ground: usize, pivots: usize): i32 {
  for (let j = 0; j < order; j++) {
    const start = starts + (<usize>j << 2);
    const from = weights + (<usize>load<i32>(start) << 3);
    const end = weights + (<usize>load<i32>(start, 4) << 3);
    const earth = load<f64>(ground + (<usize>j << 3));
    let pivot = earth;
    for (let at = from; at < end; at += 8) pivot += load<f64>(at);
    store<f64>(pivots + (<usize>j << 3), pivot);
    if (!(pivot > 0 && pivot < Infinity)) return j;
    let later = start + 4;
    let to = ground + (<usize>j << 3) + 8;
    for (let at = from; at < end; at += 8) {
      const share = load<f64>(at) / pivot;
      if (share != 0) {
        store<f64>(to, load<f64>(to) + share * earth);
        addMultiple(weights + (<usize>load<i32>(later) << 3), share, at + 8, <i32>((end - at) >> 3) - 1);
      }
      store<f64>(at, share);
      later += 4;
      to += 8;
    }
    store<f64>(ground + (<usize>j << 3), earth / pivot);
  }
  return -1;
}

/**
 * The resistances between the places of a band, as its weights are stored, and to the earth; from the last place on.
 *
 * @param shares, ground what `eliminateBand` left
 * @param sums scratch, as many numbers as a place has behind it, at most
 */
export function bandResistances(
  order: i32,
  starts: usize,
  shares: usize,
  ground: usize,
  pivots: usize,
  between: usize,
  toEarth: usize,
  sums: usize,
): void {
  for (let j = order - 1; j >= 0; j--) {
    const start = starts + (<usize>j << 2);
    const from = <usize>load<i32>(start) << 3;
    const count = load<i32>(start, 4) - load<i32>(start);
    const own = shares + from;
    const shareOfEarth = load<f64>(ground + (<usize>j << 3));
    const laterEarth = toEarth + (<usize>j << 3) + 8;
    let earth = 0.0;
    for (let k: usize = 0; k < <usize>count << 3; k += 8) {
      const resistance = load<f64>(laterEarth + k);
      store<f64>(sums + k, shareOfEarth * resistance);
      earth += load<f64>(own + k) * resistance;
    }
    // Every pair of later places once, for both of its ends.
    for (let k = 0; k < count; k++) {
      const at = <usize>k << 3;
      const share = load<f64>(own + at);
      const factor = f64x2.splat(share);
      let resistance = between + (<usize>load<i32>(start + (<usize>(k + 1) << 2)) << 3);
      let other = own + at + 8;
      let sum = sums + at + 8;
      let total = f64x2.splat(0);
      const rest = count - k - 1;
      const pairs = sum + (<usize>(rest & ~1) << 3);
      while (sum < pairs) {
        const r = v128.load(resistance);
        total = madd(v128.load(other), r, total);
        v128.store(sum, madd(factor, r, v128.load(sum)));
        resistance += 16;
        other += 16;
        sum += 16;
      }
      let scalar = across(total);
      if (rest & 1) {
        const r = load<f64>(resistance);
        scalar += load<f64>(other) * r;
        store<f64>(sum, load<f64>(sum) + share * r);
      }
      store<f64>(sums + at, load<f64>(sums + at) + scalar);
    }
    let all = shareOfEarth * earth;
    for (let k: usize = 0; k < <usize>count << 3; k += 8) all += load<f64>(own + k) * load<f64>(sums + k);
    const base = 1 / load<f64>(pivots + (<usize>j << 3)) - 0.5 * all;
    for (let k: usize = 0; k < <usize>count << 3; k += 8) store<f64>(between + from + k, base + load<f64>(sums + k));
    store<f64>(toEarth + (<usize>j << 3), base + earth);
  }
}

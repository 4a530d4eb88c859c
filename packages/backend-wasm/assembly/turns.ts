import { madd, nmadd } from './vector';

/** Angles counted in turns (1 turn = 2 pi radians), the form in which a phase is reduced exactly. */

/**
 * The turns left when the nearest whole number of them is taken off: in [-1/2, 1/2]. Exact. By vectors, because the
 * scalar rounding of x86-64 waits for whatever its register held before.
 */
// @ts-ignore: decorator
@inline
export function fraction(turns: f64): f64 {
  const both = f64x2.splat(turns);
  return f64x2.extract_lane(f64x2.sub(both, f64x2.nearest(both)), 0);
}

/**
 * cos[i] = cos(2 pi turns[i]), sin[i] = sin(2 pi turns[i]), two at a time: one more than an odd `count` is read and
 * written. The angle is reduced to the nearest quarter turn, both Taylor series are summed (terms left out are below
 * 5e-17), and the quarter turn is put back by exchanging and negating. `cos` or `sin` may be `turns`.
 */
export function cosSinOfTurns(turns: usize, count: i32, cos: usize, sin: usize): void {
  const signBit = i64x2.splat(0x8000000000000000);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  for (const end = turns + (<usize>count << 3); turns < end; turns += 16) {
    const t = v128.load(turns);
    const part = f64x2.sub(t, f64x2.nearest(t));
    const quarter = f64x2.nearest(f64x2.mul(f64x2.splat(4), part));
    const x = f64x2.mul(f64x2.splat(6.283185307179586), nmadd(f64x2.splat(0.25), quarter, part));
    const x2 = f64x2.mul(x, x);

    let s = madd(x2, f64x2.splat(-1 / 1307674368000.0), f64x2.splat(1 / 6227020800.0));
    s = madd(x2, s, f64x2.splat(-1 / 39916800.0));
    s = madd(x2, s, f64x2.splat(1 / 362880.0));
    s = madd(x2, s, f64x2.splat(-1 / 5040.0));
    s = madd(x2, s, f64x2.splat(1 / 120.0));
    s = madd(x2, s, f64x2.splat(-1 / 6.0));
    const sine = madd(f64x2.mul(x, x2), s, x);

    let c = madd(x2, f64x2.splat(1 / 20922789888000.0), f64x2.splat(-1 / 87178291200.0));
    c = madd(x2, c, f64x2.splat(1 / 479001600.0));
    c = madd(x2, c, f64x2.splat(-1 / 3628800.0));
    c = madd(x2, c, f64x2.splat(1 / 40320.0));
    c = madd(x2, c, f64x2.splat(-1 / 720.0));
    c = madd(x2, c, f64x2.splat(1 / 24.0));
    const cosine = f64x2.sub(one, f64x2.mul(x2, nmadd(x2, c, f64x2.splat(0.5))));

    const size = f64x2.abs(quarter);
    const isOdd = f64x2.eq(size, one);
    const isHalf = f64x2.eq(size, two);
    const cosNegative = v128.and(signBit, v128.or(isHalf, f64x2.eq(quarter, one)));
    const sinNegative = v128.and(signBit, v128.or(isHalf, f64x2.eq(quarter, f64x2.splat(-1))));
    v128.store(cos, v128.xor(cosNegative, v128.bitselect(sine, cosine, isOdd)));
    v128.store(sin, v128.xor(sinNegative, v128.bitselect(cosine, sine, isOdd)));
    cos += 16;
    sin += 16;
  }
}

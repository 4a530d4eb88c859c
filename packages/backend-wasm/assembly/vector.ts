/** Pairs of float64 in a v128. With relaxed SIMD a product and its addition are one rounded operation. */

/** a b + c */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/** c - a b */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** The number at p in both lanes. */
// @ts-ignore: decorator
@inline
export function both(p: usize): v128 {
  return v128.load64_splat(p);
}

/** Both lanes added. */
// @ts-ignore: decorator
@inline
export function across(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** ceil(n / 4): strips of four that hold n. */
// @ts-ignore: decorator
@inline
export function strips(n: i32): i32 {
  return (n + 3) >> 2;
}

import { both, madd } from './vector';

/**
 * out[c] = sum_n weight_n values[offset_n + c] for c < width: a weighted sum of contiguous slices.
 *
 * Sixteen columns are summed in registers over all slices, then four, two and one: a load per product and no store
 * but the result's.
 *
 * @param offsets (count) int32, in numbers
 */
export function combineRows(
  values: usize,
  offsets: usize,
  weights: usize,
  count: i32,
  out: usize,
  width: i32,
): void {
  const end = weights + (<usize>count << 3);
  let left = width;
  for (; left >= 16; left -= 16) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let offset = offsets;
    for (let weight = weights; weight < end; weight += 8) {
      const from = values + (<usize>load<i32>(offset) << 3);
      offset += 4;
      const w = both(weight);
      s0 = madd(w, v128.load(from), s0);
      s1 = madd(w, v128.load(from, 16), s1);
      s2 = madd(w, v128.load(from, 32), s2);
      s3 = madd(w, v128.load(from, 48), s3);
      s4 = madd(w, v128.load(from, 64), s4);
      s5 = madd(w, v128.load(from, 80), s5);
      s6 = madd(w, v128.load(from, 96), s6);
      s7 = madd(w, v128.load(from, 112), s7);
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
    out += 128;
    values += 128;
  }
  if (left >= 8) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let offset = offsets;
    for (let weight = weights; weight < end; weight += 8) {
      const from = values + (<usize>load<i32>(offset) << 3);
      offset += 4;
      const w = both(weight);
      s0 = madd(w, v128.load(from), s0);
      s1 = madd(w, v128.load(from, 16), s1);
      s2 = madd(w, v128.load(from, 32), s2);
      s3 = madd(w, v128.load(from, 48), s3);
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    out += 64;
    values += 64;
    left -= 8;
  }
  if (left >= 4) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let offset = offsets;
    for (let weight = weights; weight < end; weight += 8) {
      const from = values + (<usize>load<i32>(offset) << 3);
      offset += 4;
      const w = both(weight);
      s0 = madd(w, v128.load(from), s0);
      s1 = madd(w, v128.load(from, 16), s1);
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    out += 32;
    values += 32;
    left -= 4;
  }
  for (; left > 0; left--) {
    let sum = 0.0;
    let offset = offsets;
    for (let weight = weights; weight < end; weight += 8) {
      sum += load<f64>(weight) * load<f64>(values + (<usize>load<i32>(offset) << 3));
      offset += 4;
    }
    store<f64>(out, sum);
    out += 8;
    values += 8;
  }
}

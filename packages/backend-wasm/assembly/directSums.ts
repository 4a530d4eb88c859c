import { cosSinOfTurns } from './turns';
import { across, both, madd, nmadd } from './vector';

/** Visibilities per block, few enough for their arrays to stay in the first-level cache. */
const BLOCK = 512;
/** Points per item of `directSums`. */
const POINTS = 16;

/** Numbers of scratch per thread of the functions here. */
export function directScratch(): i32 {
  return 2 * BLOCK + 16;
}

/** The points of one item of `directSums`. */
export function directPoints(): i32 {
  return POINTS;
}

/** The visibilities of one item of `directVisibilities`. */
export function directBlock(): i32 {
  return BLOCK;
}

/**
 * Adds the visibilities given to sums at arbitrary points: out[i] += sum_k Re(q_k exp(2 pi i (x_i u_k + y_i v_k))).
 *
 * @param re, im (count) padded to an even number; im 0 for real strengths
 * @param grid (M, 2) y and x
 */
export function directSums(
  item: i32,
  thread: i32,
  uv: usize,
  re: usize,
  im: usize,
  total: i32,
  grid: usize,
  points: i32,
  out: usize,
  scratch: usize,
): void {
  const cos = scratch + <usize>(thread * 8 * (2 * BLOCK + 16));
  const sin = cos + 8 * (BLOCK + 8);
  const end = min(points, (item + 1) * POINTS);
  for (let first = 0; first < total; first += BLOCK) {
    const count = min(BLOCK, total - first);
    const at = <usize>first << 3;
    for (let i = item * POINTS; i < end; i++) {
      const point = grid + (<usize>i << 4);
      fillTurns(uv + 2 * at, count, load<f64>(point, 8), load<f64>(point), cos);
      cosSinOfTurns(cos, count, cos, sin);
      let sum = f64x2.splat(0);
      const even = <usize>(count & ~1) << 3;
      for (let k: usize = 0; k < even; k += 16) {
        sum = madd(v128.load(re + at + k), v128.load(cos + k), sum);
        if (im != 0) sum = nmadd(v128.load(im + at + k), v128.load(sin + k), sum);
      }
      let value = across(sum);
      if (count & 1) {
        value += load<f64>(re + at + even) * load<f64>(cos + even);
        if (im != 0) value -= load<f64>(im + at + even) * load<f64>(sin + even);
      }
      const to = out + (<usize>i << 3);
      store<f64>(to, load<f64>(to) + value);
    }
  }
}

/** V_k = sum_i image_i exp(-2 pi i (x_i u_k + y_i v_k)) for one block of visibilities. */
export function directVisibilities(
  item: i32,
  thread: i32,
  uv: usize,
  total: i32,
  image: usize,
  grid: usize,
  points: i32,
  out: usize,
  scratch: usize,
): void {
  const cos = scratch + <usize>(thread * 8 * (2 * BLOCK + 16));
  const sin = cos + 8 * (BLOCK + 8);
  const first = item * BLOCK;
  const count = min(BLOCK, total - first);
  const block = uv + (<usize>first << 4);
  const to = out + (<usize>first << 4);
  memory.fill(to, 0, <usize>count << 4);
  for (let i = 0; i < points; i++) {
    const point = grid + (<usize>i << 4);
    fillTurns(block, count, load<f64>(point, 8), load<f64>(point), cos);
    cosSinOfTurns(cos, count, cos, sin);
    const value = both(image + (<usize>i << 3));
    for (let k: usize = 0, end = <usize>count << 3; k < end; k += 8) {
      // (re, im) += value (cos, -sin)
      const turned = f64x2.replace_lane(f64x2.splat(load<f64>(cos + k)), 1, -load<f64>(sin + k));
      v128.store(to + 2 * k, madd(value, turned, v128.load(to + 2 * k)));
    }
  }
}

/** turns[k] = x u_k + y v_k for a block of visibilities. */
function fillTurns(uv: usize, count: i32, x: f64, y: f64, turns: usize): void {
  const xs = f64x2.splat(x);
  const ys = f64x2.splat(y);
  const end = turns + (<usize>(count & ~1) << 3);
  while (turns < end) {
    const a = v128.load(uv);
    const b = v128.load(uv, 16);
    const u = v128.shuffle<f64>(a, b, 0, 2);
    const v = v128.shuffle<f64>(a, b, 1, 3);
    // Products rounded one by one, as the definition has them.
    v128.store(turns, f64x2.add(f64x2.mul(xs, u), f64x2.mul(ys, v)));
    uv += 32;
    turns += 16;
  }
  if (count & 1) store<f64>(turns, x * load<f64>(uv) + y * load<f64>(uv, 8));
}

import { both, madd } from './vector';

/**
 * Images carried together, interwoven: number (place, lane) of a group stands at LANES place + lane. An entry of T
 * is then read once for eight products, which find their numbers in one cache line.
 */
export const LANES = 8;

/** woven[8 i + lane] = planes[lane, i] for i < length, rounded up to an even number. */
export function interweave(planes: usize, plane: usize, length: i32, woven: usize): void {
  const end = planes + (<usize>length << 3);
  for (let from = planes; from < end; from += 16) {
    let at = from;
    for (let pair: usize = 0; pair < 64; pair += 16) {
      const a = v128.load(at);
      const b = v128.load(at + plane);
      v128.store(woven + pair, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(woven + pair, v128.shuffle<f64>(a, b, 1, 3), 64);
      at += 2 * plane;
    }
    woven += 128;
  }
}

/**
 * out[lane, t] = sum over the entries (place, weight) of column t of T of weight images[place, lane]: a group of
 * images, as rows, times T.
 *
 * @param lanes images that count
 */
export function gatherThroughMapping(
  columnStart: usize,
  places: usize,
  weights: usize,
  pixels: i32,
  images: usize,
  lanes: i32,
  out: usize,
): void {
  const step = <usize>pixels << 3;
  let entry = load<i32>(columnStart);
  for (let t = 0; t < pixels; t++) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    const end = load<i32>(columnStart + (<usize>t << 2), 4);
    for (; entry < end; entry++) {
      const from = images + (<usize>load<i32>(places + (<usize>entry << 2)) << 6);
      const w = both(weights + (<usize>entry << 3));
      s0 = madd(w, v128.load(from), s0);
      s1 = madd(w, v128.load(from, 16), s1);
      s2 = madd(w, v128.load(from, 32), s2);
      s3 = madd(w, v128.load(from, 48), s3);
    }
    let to = out + (<usize>t << 3);
    if (lanes == LANES) {
      v128.store64_lane(to, s0, 0);
      v128.store64_lane(to + step, s0, 1);
      to += 2 * step;
      v128.store64_lane(to, s1, 0);
      v128.store64_lane(to + step, s1, 1);
      to += 2 * step;
      v128.store64_lane(to, s2, 0);
      v128.store64_lane(to + step, s2, 1);
      to += 2 * step;
      v128.store64_lane(to, s3, 0);
      v128.store64_lane(to + step, s3, 1);
      continue;
    }
    v128.store64_lane(to, s0, 0);
    if (lanes > 1) v128.store64_lane(to + step, s0, 1);
    if (lanes > 2) v128.store64_lane(to + 2 * step, s1, 0);
    if (lanes > 3) v128.store64_lane(to + 3 * step, s1, 1);
    if (lanes > 4) v128.store64_lane(to + 4 * step, s2, 0);
    if (lanes > 5) v128.store64_lane(to + 5 * step, s2, 1);
    if (lanes > 6) v128.store64_lane(to + 6 * step, s3, 0);
  }
}

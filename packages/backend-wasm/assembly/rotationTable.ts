import { cosSinOfTurns, fraction } from './turns';
import { both, madd, nmadd, strips } from './vector';

/** Strips after which a rotation starts afresh from a computed cosine and sine, to hold the error at 2e-15. */
const STRIPS_PER_ANCHOR = 12;

/**
 * The factors of one axis for a block of visibilities: re + i im at (row, k) is
 * (amplitudeRe_k + i amplitudeIm_k) exp(2 pi i (start_k + row step_k)), in strips of four rows: element (row, k)
 * stands at 4 capacity floor(row / 4) + 4 k + row mod 4.
 *
 * Four rows are rotated at a time, z_(row + 4) = z_row e^(4 i step).
 *
 * @param amplitudeRe 0 for ones
 * @param amplitudeIm 0 for real amplitudes
 * @param scratch seven times `capacity` numbers
 */
export function fillRotationTable(
  re: usize,
  im: usize,
  rows: i32,
  capacity: i32,
  count: i32,
  start: usize,
  step: usize,
  amplitudeRe: usize,
  amplitudeIm: usize,
  scratch: usize,
): void {
  const line = <usize>capacity << 3;
  const turns = scratch;
  const stepRe = scratch + line;
  const stepIm = stepRe + line;
  const strideRe = stepIm + line;
  const strideIm = strideRe + line;
  const anchorRe = strideIm + line;
  const anchorIm = anchorRe + line;
  cosSinOfTurns(step, count, stepRe, stepIm);
  for (let k: usize = 0, end = <usize>count << 3; k < end; k += 16) {
    const c = v128.load(stepRe + k);
    const s = v128.load(stepIm + k);
    const c2 = nmadd(s, s, f64x2.mul(c, c));
    const s2 = f64x2.mul(f64x2.splat(2), f64x2.mul(c, s));
    v128.store(strideRe + k, nmadd(s2, s2, f64x2.mul(c2, c2)));
    v128.store(strideIm + k, f64x2.mul(f64x2.splat(2), f64x2.mul(c2, s2)));
  }
  const length = line << 2;
  const total = strips(rows);
  for (let strip = 0; strip < total; strip++) {
    const to = <usize>strip * length;
    if (strip % STRIPS_PER_ANCHOR != 0) {
      rotateStrip(re + to - length, im + to - length, length, count, strideRe, strideIm);
      continue;
    }
    for (let k: usize = 0, end = <usize>count << 3; k < end; k += 8) {
      store<f64>(turns + k, load<f64>(start + k) + fraction(<f64>(4 * strip) * load<f64>(step + k)));
    }
    cosSinOfTurns(turns, count, anchorRe, anchorIm);
    startStrip(re + to, im + to, count, anchorRe, anchorIm, stepRe, stepIm, amplitudeRe, amplitudeIm);
  }
}

/** Four rows from the rotation at the first: z, z e^(i step), ... times the amplitude. */
function startStrip(
  re: usize,
  im: usize,
  count: i32,
  anchorRe: usize,
  anchorIm: usize,
  stepRe: usize,
  stepIm: usize,
  amplitudeRe: usize,
  amplitudeIm: usize,
): void {
  for (let k: usize = 0, end = <usize>count << 3; k < end; k += 8) {
    let zr = load<f64>(anchorRe + k);
    let zi = load<f64>(anchorIm + k);
    if (amplitudeRe != 0) {
      const qr = load<f64>(amplitudeRe + k);
      if (amplitudeIm != 0) {
        const qi = load<f64>(amplitudeIm + k);
        const product = qr * zr - qi * zi;
        zi = qr * zi + qi * zr;
        zr = product;
      } else {
        zr *= qr;
        zi *= qr;
      }
    }
    const wr = load<f64>(stepRe + k);
    const wi = load<f64>(stepIm + k);
    const to = k << 2;
    store<f64>(re + to, zr);
    store<f64>(im + to, zi);
    const r1 = zr * wr - zi * wi;
    const i1 = zr * wi + zi * wr;
    store<f64>(re + to, r1, 8);
    store<f64>(im + to, i1, 8);
    const r2 = r1 * wr - i1 * wi;
    const i2 = r1 * wi + i1 * wr;
    store<f64>(re + to, r2, 16);
    store<f64>(im + to, i2, 16);
    store<f64>(re + to, r2 * wr - i2 * wi, 24);
    store<f64>(im + to, r2 * wi + i2 * wr, 24);
  }
}

/** The strip `length` bytes behind the given one: every number times exp(4 i step_k). */
function rotateStrip(re: usize, im: usize, length: usize, count: i32, strideRe: usize, strideIm: usize): void {
  const toRe = re + length;
  const toIm = im + length;
  for (let k: usize = 0, end = <usize>count << 5; k < end; k += 32) {
    const wr = both(strideRe + (k >> 2));
    const wi = both(strideIm + (k >> 2));
    const r0 = v128.load(re + k);
    const r1 = v128.load(re + k, 16);
    const i0 = v128.load(im + k);
    const i1 = v128.load(im + k, 16);
    v128.store(toRe + k, nmadd(i0, wi, f64x2.mul(r0, wr)));
    v128.store(toRe + k, nmadd(i1, wi, f64x2.mul(r1, wr)), 16);
    v128.store(toIm + k, madd(i0, wr, f64x2.mul(r0, wi)));
    v128.store(toIm + k, madd(i1, wr, f64x2.mul(r1, wi)), 16);
  }
}

import { cosSinOfTurns } from './turns';

/** Visibilities per item. */
const PART = 512;

/**
 * Turns the strengths of 512 visibilities by the phase of a point (y, x), and conjugates them:
 * q becomes conj(q exp(2 pi i (x u + y v))).
 *
 * @param isComplex 0 where `im` holds nothing yet
 * @param scratch per thread 1040 numbers
 */
export function turnStrengths(
  item: i32,
  thread: i32,
  uv: usize,
  count: i32,
  x: f64,
  y: f64,
  re: usize,
  im: usize,
  isComplex: i32,
  scratch: usize,
): void {
  const cos = scratch + <usize>(thread * 8 * (2 * PART + 16));
  const sin = cos + 8 * (PART + 8);
  const first = item * PART;
  const length = min(PART, count - first);
  for (let k = 0; k < length; k++) {
    const at = uv + (<usize>(first + k) << 4);
    store<f64>(cos + (<usize>k << 3), x * load<f64>(at) + y * load<f64>(at, 8));
  }
  cosSinOfTurns(cos, length, cos, sin);
  for (let k = 0; k < length; k++) {
    const at = <usize>(first + k) << 3;
    const c = load<f64>(cos + (<usize>k << 3));
    const s = load<f64>(sin + (<usize>k << 3));
    const qRe = load<f64>(re + at);
    const qIm = isComplex ? load<f64>(im + at) : 0;
    store<f64>(re + at, qRe * c - qIm * s);
    store<f64>(im + at, -(qRe * s + qIm * c));
  }
}

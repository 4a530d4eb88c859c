import { both, madd } from './vector';

/**
 * The 4 x 4 tile that every product here is made of: c[i, j] (+)= sum over k of b[k, i] a[k, j].
 *
 * a and b hold four numbers per k; those of a are `aStep` bytes apart, those of b 32. Row i of the tile starts at
 * c + i cStep. Eight sums of two, two vectors of a and one splat stay in registers: 32 operations for six loads.
 */
export function addTile(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, count: i32): void {
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = b + (<usize>count << 5);
  const pairs = b + (<usize>(count & ~1) << 5);
  while (b < pairs) {
    let a0 = v128.load(a);
    let a1 = v128.load(a, 16);
    let f = v128.load64_splat(b);
    s00 = madd(f, a0, s00);
    s01 = madd(f, a1, s01);
    f = v128.load64_splat(b, 8);
    s10 = madd(f, a0, s10);
    s11 = madd(f, a1, s11);
    f = v128.load64_splat(b, 16);
    s20 = madd(f, a0, s20);
    s21 = madd(f, a1, s21);
    f = v128.load64_splat(b, 24);
    s30 = madd(f, a0, s30);
    s31 = madd(f, a1, s31);
    a += aStep;
    a0 = v128.load(a);
    a1 = v128.load(a, 16);
    f = v128.load64_splat(b, 32);
    s00 = madd(f, a0, s00);
    s01 = madd(f, a1, s01);
    f = v128.load64_splat(b, 40);
    s10 = madd(f, a0, s10);
    s11 = madd(f, a1, s11);
    f = v128.load64_splat(b, 48);
    s20 = madd(f, a0, s20);
    s21 = madd(f, a1, s21);
    f = v128.load64_splat(b, 56);
    s30 = madd(f, a0, s30);
    s31 = madd(f, a1, s31);
    a += aStep;
    b += 64;
  }
  if (b < end) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    let f = both(b);
    s00 = madd(f, a0, s00);
    s01 = madd(f, a1, s01);
    f = v128.load64_splat(b, 8);
    s10 = madd(f, a0, s10);
    s11 = madd(f, a1, s11);
    f = v128.load64_splat(b, 16);
    s20 = madd(f, a0, s20);
    s21 = madd(f, a1, s21);
    f = v128.load64_splat(b, 24);
    s30 = madd(f, a0, s30);
    s31 = madd(f, a1, s31);
  }
  addPair(c, s00, s01);
  c += cStep;
  addPair(c, s10, s11);
  c += cStep;
  addPair(c, s20, s21);
  c += cStep;
  addPair(c, s30, s31);
}

/** c -= the tile, packed (cStep 32, aStep 32): the case of the Cholesky factorization. */
export function subtractTile(c: usize, a: usize, b: usize, count: i32): void {
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = b + (<usize>count << 5);
  // Counts are multiples of four here: tiles are eliminated whole.
  while (b < end) {
    let a0 = v128.load(a);
    let a1 = v128.load(a, 16);
    let f = v128.load64_splat(b);
    s00 = madd(f, a0, s00);
    s01 = madd(f, a1, s01);
    f = v128.load64_splat(b, 8);
    s10 = madd(f, a0, s10);
    s11 = madd(f, a1, s11);
    f = v128.load64_splat(b, 16);
    s20 = madd(f, a0, s20);
    s21 = madd(f, a1, s21);
    f = v128.load64_splat(b, 24);
    s30 = madd(f, a0, s30);
    s31 = madd(f, a1, s31);
    a0 = v128.load(a, 32);
    a1 = v128.load(a, 48);
    f = v128.load64_splat(b, 32);
    s00 = madd(f, a0, s00);
    s01 = madd(f, a1, s01);
    f = v128.load64_splat(b, 40);
    s10 = madd(f, a0, s10);
    s11 = madd(f, a1, s11);
    f = v128.load64_splat(b, 48);
    s20 = madd(f, a0, s20);
    s21 = madd(f, a1, s21);
    f = v128.load64_splat(b, 56);
    s30 = madd(f, a0, s30);
    s31 = madd(f, a1, s31);
    a += 64;
    b += 64;
  }
  subtractPair(c, s00, s01);
  subtractPair(c + 32, s10, s11);
  subtractPair(c + 64, s20, s21);
  subtractPair(c + 96, s30, s31);
}

// @ts-ignore: decorator
@inline
function addPair(c: usize, low: v128, high: v128): void {
  v128.store(c, f64x2.add(v128.load(c), low));
  v128.store(c, f64x2.add(v128.load(c, 16), high), 16);
}

// @ts-ignore: decorator
@inline
function subtractPair(c: usize, low: v128, high: v128): void {
  v128.store(c, f64x2.sub(v128.load(c), low));
  v128.store(c, f64x2.sub(v128.load(c, 16), high), 16);
}

import { madd, nmadd } from './vector';

/**
 * The butterflies of a mixed-radix transform. One stage of Stockham's autosort transform (decimation in frequency)
 * with radix r: for every p < m and every q < stride, the r numbers x[q + stride (p + m j)] are transformed, number j
 * is turned by w^(j p), w = exp(-2 pi i / (r m)), and stored at y[q + stride (r p + j)]. Real and imaginary parts
 * stand in arrays of their own, so that two neighbours in q are a vector; `stride` is even. `twiddles` holds re, im of
 * w^(j p) for p = 0 to m - 1 and j = 1 to r - 1.
 */

/** y = (re + i im) times the twiddle factor at w. */
// @ts-ignore: decorator
@inline
function turn(yRe: usize, yIm: usize, re: v128, im: v128, wRe: v128, wIm: v128): void {
  v128.store(yRe, nmadd(im, wIm, f64x2.mul(re, wRe)));
  v128.store(yIm, madd(im, wRe, f64x2.mul(re, wIm)));
}

export function stage2(xRe: usize, xIm: usize, yRe: usize, yIm: usize, m: i32, stride: i32, twiddles: usize): void {
  const near = <usize>stride << 3;
  const far = near * <usize>m;
  for (let p = 0; p < m; p++) {
    const wRe = v128.load64_splat(twiddles);
    const wIm = v128.load64_splat(twiddles, 8);
    twiddles += 16;
    for (const end = xRe + near; xRe < end; xRe += 16) {
      const aRe = v128.load(xRe);
      const aIm = v128.load(xIm);
      const bRe = v128.load(xRe + far);
      const bIm = v128.load(xIm + far);
      v128.store(yRe, f64x2.add(aRe, bRe));
      v128.store(yIm, f64x2.add(aIm, bIm));
      turn(yRe + near, yIm + near, f64x2.sub(aRe, bRe), f64x2.sub(aIm, bIm), wRe, wIm);
      xIm += 16;
      yRe += 16;
      yIm += 16;
    }
    yRe += near;
    yIm += near;
  }
}

export function stage3(xRe: usize, xIm: usize, yRe: usize, yIm: usize, m: i32, stride: i32, twiddles: usize): void {
  const near = <usize>stride << 3;
  const far = near * <usize>m;
  const half = f64x2.splat(0.5);
  const sinThird = f64x2.splat(0.8660254037844386);
  for (let p = 0; p < m; p++) {
    const w1Re = v128.load64_splat(twiddles);
    const w1Im = v128.load64_splat(twiddles, 8);
    const w2Re = v128.load64_splat(twiddles, 16);
    const w2Im = v128.load64_splat(twiddles, 24);
    twiddles += 32;
    for (const end = xRe + near; xRe < end; xRe += 16) {
      const aRe = v128.load(xRe);
      const aIm = v128.load(xIm);
      const bRe = v128.load(xRe + far);
      const bIm = v128.load(xIm + far);
      const cRe = v128.load(xRe + 2 * far);
      const cIm = v128.load(xIm + 2 * far);
      const sumRe = f64x2.add(bRe, cRe);
      const sumIm = f64x2.add(bIm, cIm);
      const crossRe = f64x2.mul(sinThird, f64x2.sub(bRe, cRe));
      const crossIm = f64x2.mul(sinThird, f64x2.sub(bIm, cIm));
      const meanRe = nmadd(half, sumRe, aRe);
      const meanIm = nmadd(half, sumIm, aIm);
      v128.store(yRe, f64x2.add(aRe, sumRe));
      v128.store(yIm, f64x2.add(aIm, sumIm));
      turn(yRe + near, yIm + near, f64x2.add(meanRe, crossIm), f64x2.sub(meanIm, crossRe), w1Re, w1Im);
      turn(yRe + 2 * near, yIm + 2 * near, f64x2.sub(meanRe, crossIm), f64x2.add(meanIm, crossRe), w2Re, w2Im);
      xIm += 16;
      yRe += 16;
      yIm += 16;
    }
    yRe += 2 * near;
    yIm += 2 * near;
  }
}

export function stage4(xRe: usize, xIm: usize, yRe: usize, yIm: usize, m: i32, stride: i32, twiddles: usize): void {
  const near = <usize>stride << 3;
  const far = near * <usize>m;
  for (let p = 0; p < m; p++) {
    const w1Re = v128.load64_splat(twiddles);
    const w1Im = v128.load64_splat(twiddles, 8);
    const w2Re = v128.load64_splat(twiddles, 16);
    const w2Im = v128.load64_splat(twiddles, 24);
    const w3Re = v128.load64_splat(twiddles, 32);
    const w3Im = v128.load64_splat(twiddles, 40);
    twiddles += 48;
    for (const end = xRe + near; xRe < end; xRe += 16) {
      const aRe = v128.load(xRe);
      const aIm = v128.load(xIm);
      const bRe = v128.load(xRe + far);
      const bIm = v128.load(xIm + far);
      const cRe = v128.load(xRe + 2 * far);
      const cIm = v128.load(xIm + 2 * far);
      const dRe = v128.load(xRe + 3 * far);
      const dIm = v128.load(xIm + 3 * far);
      const acRe = f64x2.add(aRe, cRe);
      const acIm = f64x2.add(aIm, cIm);
      const bdRe = f64x2.add(bRe, dRe);
      const bdIm = f64x2.add(bIm, dIm);
      const acCrossRe = f64x2.sub(aRe, cRe);
      const acCrossIm = f64x2.sub(aIm, cIm);
      const bdCrossRe = f64x2.sub(bRe, dRe);
      const bdCrossIm = f64x2.sub(bIm, dIm);
      v128.store(yRe, f64x2.add(acRe, bdRe));
      v128.store(yIm, f64x2.add(acIm, bdIm));
      turn(yRe + near, yIm + near, f64x2.add(acCrossRe, bdCrossIm), f64x2.sub(acCrossIm, bdCrossRe), w1Re, w1Im);
      turn(yRe + 2 * near, yIm + 2 * near, f64x2.sub(acRe, bdRe), f64x2.sub(acIm, bdIm), w2Re, w2Im);
      const y3Re = f64x2.sub(acCrossRe, bdCrossIm);
      const y3Im = f64x2.add(acCrossIm, bdCrossRe);
      turn(yRe + 3 * near, yIm + 3 * near, y3Re, y3Im, w3Re, w3Im);
      xIm += 16;
      yRe += 16;
      yIm += 16;
    }
    yRe += 3 * near;
    yIm += 3 * near;
  }
}

export function stage5(xRe: usize, xIm: usize, yRe: usize, yIm: usize, m: i32, stride: i32, twiddles: usize): void {
  const near = <usize>stride << 3;
  const far = near * <usize>m;
  const cos1 = f64x2.splat(0.30901699437494745);
  const cos2 = f64x2.splat(-0.8090169943749475);
  const sin1 = f64x2.splat(0.9510565162951535);
  const sin2 = f64x2.splat(0.5877852522924731);
  for (let p = 0; p < m; p++) {
    for (const end = xRe + near; xRe < end; xRe += 16) {
      const aRe = v128.load(xRe);
      const aIm = v128.load(xIm);
      const bRe = v128.load(xRe + far);
      const bIm = v128.load(xIm + far);
      const cRe = v128.load(xRe + 2 * far);
      const cIm = v128.load(xIm + 2 * far);
      const dRe = v128.load(xRe + 3 * far);
      const dIm = v128.load(xIm + 3 * far);
      const eRe = v128.load(xRe + 4 * far);
      const eIm = v128.load(xIm + 4 * far);
      const beRe = f64x2.add(bRe, eRe);
      const beIm = f64x2.add(bIm, eIm);
      const cdRe = f64x2.add(cRe, dRe);
      const cdIm = f64x2.add(cIm, dIm);
      const beCrossRe = f64x2.sub(bRe, eRe);
      const beCrossIm = f64x2.sub(bIm, eIm);
      const cdCrossRe = f64x2.sub(cRe, dRe);
      const cdCrossIm = f64x2.sub(cIm, dIm);
      const even1Re = madd(cos2, cdRe, madd(cos1, beRe, aRe));
      const even1Im = madd(cos2, cdIm, madd(cos1, beIm, aIm));
      const even2Re = madd(cos1, cdRe, madd(cos2, beRe, aRe));
      const even2Im = madd(cos1, cdIm, madd(cos2, beIm, aIm));
      const odd1Re = madd(sin2, cdCrossRe, f64x2.mul(sin1, beCrossRe));
      const odd1Im = madd(sin2, cdCrossIm, f64x2.mul(sin1, beCrossIm));
      const odd2Re = nmadd(sin1, cdCrossRe, f64x2.mul(sin2, beCrossRe));
      const odd2Im = nmadd(sin1, cdCrossIm, f64x2.mul(sin2, beCrossIm));
      v128.store(yRe, f64x2.add(aRe, f64x2.add(beRe, cdRe)));
      v128.store(yIm, f64x2.add(aIm, f64x2.add(beIm, cdIm)));
      let toRe = yRe + near;
      let toIm = yIm + near;
      let wRe = v128.load64_splat(twiddles);
      let wIm = v128.load64_splat(twiddles, 8);
      turn(toRe, toIm, f64x2.add(even1Re, odd1Im), f64x2.sub(even1Im, odd1Re), wRe, wIm);
      toRe += near;
      toIm += near;
      wRe = v128.load64_splat(twiddles, 16);
      wIm = v128.load64_splat(twiddles, 24);
      turn(toRe, toIm, f64x2.add(even2Re, odd2Im), f64x2.sub(even2Im, odd2Re), wRe, wIm);
      toRe += near;
      toIm += near;
      wRe = v128.load64_splat(twiddles, 32);
      wIm = v128.load64_splat(twiddles, 40);
      turn(toRe, toIm, f64x2.sub(even2Re, odd2Im), f64x2.add(even2Im, odd2Re), wRe, wIm);
      toRe += near;
      toIm += near;
      wRe = v128.load64_splat(twiddles, 48);
      wIm = v128.load64_splat(twiddles, 56);
      turn(toRe, toIm, f64x2.sub(even1Re, odd1Im), f64x2.add(even1Im, odd1Re), wRe, wIm);
      xIm += 16;
      yRe += 16;
      yIm += 16;
    }
    twiddles += 64;
    yRe += 4 * near;
    yIm += 4 * near;
  }
}

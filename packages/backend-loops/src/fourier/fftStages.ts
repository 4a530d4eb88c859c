/**
 * The butterflies of a mixed-radix transform, one function per radix.
 *
 * One stage of Stockham's autosort transform (decimation in frequency) with radix r: for every p < m and
 * every q < stride, the r numbers x[q + stride (p + m j)] are transformed, number j is turned by
 * w^(j p), w = exp(-2 pi i / (r m)), and stored at y[q + stride (r p + j)]. All arrays are interleaved
 * re, im pairs; `twiddles` holds w^(j p) for p = 0 to m - 1 and j = 1 to r - 1. The inner loop runs
 * over q, with the twiddles in registers.
 */
export type Stage = (x: Float64Array, y: Float64Array, m: number, stride: number, twiddles: Float64Array) => void;

/** Radix 2: 10 operations per butterfly. */
export const stage2: Stage = (x, y, m, stride, twiddles) => {
  const far = (2 * stride * m) | 0;
  const near = (2 * stride) | 0;
  for (let p = 0; p < m; p++) {
    const w1Re = twiddles[2 * p];
    const w1Im = twiddles[2 * p + 1];
    let i0 = (near * p) | 0;
    let i1 = (i0 + far) | 0;
    let o0 = (2 * near * p) | 0;
    let o1 = (o0 + near) | 0;
    const end = (i0 + near) | 0;
    while (i0 < end) {
      const aRe = x[i0];
      const aIm = x[(i0 + 1) | 0];
      const bRe = x[i1];
      const bIm = x[(i1 + 1) | 0];
      const y1Re = aRe - bRe;
      const y1Im = aIm - bIm;
      y[o0] = aRe + bRe;
      y[(o0 + 1) | 0] = aIm + bIm;
      y[o1] = y1Re * w1Re - y1Im * w1Im;
      y[(o1 + 1) | 0] = y1Re * w1Im + y1Im * w1Re;
      i0 = (i0 + 2) | 0;
      i1 = (i1 + 2) | 0;
      o0 = (o0 + 2) | 0;
      o1 = (o1 + 2) | 0;
    }
  }
};

const SIN_THIRD = Math.sqrt(3) / 2;

/** Radix 3: 28 operations per butterfly. */
export const stage3: Stage = (x, y, m, stride, twiddles) => {
  const far = (2 * stride * m) | 0;
  const near = (2 * stride) | 0;
  for (let p = 0; p < m; p++) {
    const w1Re = twiddles[4 * p];
    const w1Im = twiddles[4 * p + 1];
    const w2Re = twiddles[4 * p + 2];
    const w2Im = twiddles[4 * p + 3];
    let i0 = (near * p) | 0;
    let i1 = (i0 + far) | 0;
    let i2 = (i1 + far) | 0;
    let o0 = (3 * near * p) | 0;
    let o1 = (o0 + near) | 0;
    let o2 = (o1 + near) | 0;
    const end = (i0 + near) | 0;
    while (i0 < end) {
      const aRe = x[i0];
      const aIm = x[(i0 + 1) | 0];
      const bRe = x[i1];
      const bIm = x[(i1 + 1) | 0];
      const cRe = x[i2];
      const cIm = x[(i2 + 1) | 0];
      const sumRe = bRe + cRe;
      const sumIm = bIm + cIm;
      const crossRe = SIN_THIRD * (bRe - cRe);
      const crossIm = SIN_THIRD * (bIm - cIm);
      const meanRe = aRe - 0.5 * sumRe;
      const meanIm = aIm - 0.5 * sumIm;
      const y1Re = meanRe + crossIm;
      const y1Im = meanIm - crossRe;
      const y2Re = meanRe - crossIm;
      const y2Im = meanIm + crossRe;
      y[o0] = aRe + sumRe;
      y[(o0 + 1) | 0] = aIm + sumIm;
      y[o1] = y1Re * w1Re - y1Im * w1Im;
      y[(o1 + 1) | 0] = y1Re * w1Im + y1Im * w1Re;
      y[o2] = y2Re * w2Re - y2Im * w2Im;
      y[(o2 + 1) | 0] = y2Re * w2Im + y2Im * w2Re;
      i0 = (i0 + 2) | 0;
      i1 = (i1 + 2) | 0;
      i2 = (i2 + 2) | 0;
      o0 = (o0 + 2) | 0;
      o1 = (o1 + 2) | 0;
      o2 = (o2 + 2) | 0;
    }
  }
};

/** Radix 4: 34 operations per butterfly. */
export const stage4: Stage = (x, y, m, stride, twiddles) => {
  const far = (2 * stride * m) | 0;
  const near = (2 * stride) | 0;
  for (let p = 0; p < m; p++) {
    const w1Re = twiddles[6 * p];
    const w1Im = twiddles[6 * p + 1];
    const w2Re = twiddles[6 * p + 2];
    const w2Im = twiddles[6 * p + 3];
    const w3Re = twiddles[6 * p + 4];
    const w3Im = twiddles[6 * p + 5];
    let i0 = (near * p) | 0;
    let i1 = (i0 + far) | 0;
    let i2 = (i1 + far) | 0;
    let i3 = (i2 + far) | 0;
    let o0 = (4 * near * p) | 0;
    let o1 = (o0 + near) | 0;
    let o2 = (o1 + near) | 0;
    let o3 = (o2 + near) | 0;
    const end = (i0 + near) | 0;
    while (i0 < end) {
      const aRe = x[i0];
      const aIm = x[(i0 + 1) | 0];
      const bRe = x[i1];
      const bIm = x[(i1 + 1) | 0];
      const cRe = x[i2];
      const cIm = x[(i2 + 1) | 0];
      const dRe = x[i3];
      const dIm = x[(i3 + 1) | 0];
      const acRe = aRe + cRe;
      const acIm = aIm + cIm;
      const bdRe = bRe + dRe;
      const bdIm = bIm + dIm;
      const acCrossRe = aRe - cRe;
      const acCrossIm = aIm - cIm;
      const bdCrossRe = bRe - dRe;
      const bdCrossIm = bIm - dIm;
      const y1Re = acCrossRe + bdCrossIm;
      const y1Im = acCrossIm - bdCrossRe;
      const y2Re = acRe - bdRe;
      const y2Im = acIm - bdIm;
      const y3Re = acCrossRe - bdCrossIm;
      const y3Im = acCrossIm + bdCrossRe;
      y[o0] = acRe + bdRe;
      y[(o0 + 1) | 0] = acIm + bdIm;
      y[o1] = y1Re * w1Re - y1Im * w1Im;
      y[(o1 + 1) | 0] = y1Re * w1Im + y1Im * w1Re;
      y[o2] = y2Re * w2Re - y2Im * w2Im;
      y[(o2 + 1) | 0] = y2Re * w2Im + y2Im * w2Re;
      y[o3] = y3Re * w3Re - y3Im * w3Im;
      y[(o3 + 1) | 0] = y3Re * w3Im + y3Im * w3Re;
      i0 = (i0 + 2) | 0;
      i1 = (i1 + 2) | 0;
      i2 = (i2 + 2) | 0;
      i3 = (i3 + 2) | 0;
      o0 = (o0 + 2) | 0;
      o1 = (o1 + 2) | 0;
      o2 = (o2 + 2) | 0;
      o3 = (o3 + 2) | 0;
    }
  }
};

const COS_FIFTH = (Math.sqrt(5) - 1) / 4;
const COS_TWO_FIFTHS = -(Math.sqrt(5) + 1) / 4;
const SIN_FIFTH = Math.sin((2 * Math.PI) / 5);
const SIN_TWO_FIFTHS = Math.sin((4 * Math.PI) / 5);

/** Radix 5: 72 operations per butterfly. */
export const stage5: Stage = (x, y, m, stride, twiddles) => {
  const far = (2 * stride * m) | 0;
  const near = (2 * stride) | 0;
  for (let p = 0; p < m; p++) {
    const w1Re = twiddles[8 * p];
    const w1Im = twiddles[8 * p + 1];
    const w2Re = twiddles[8 * p + 2];
    const w2Im = twiddles[8 * p + 3];
    const w3Re = twiddles[8 * p + 4];
    const w3Im = twiddles[8 * p + 5];
    const w4Re = twiddles[8 * p + 6];
    const w4Im = twiddles[8 * p + 7];
    let i0 = (near * p) | 0;
    let i1 = (i0 + far) | 0;
    let i2 = (i1 + far) | 0;
    let i3 = (i2 + far) | 0;
    let i4 = (i3 + far) | 0;
    let o0 = (5 * near * p) | 0;
    let o1 = (o0 + near) | 0;
    let o2 = (o1 + near) | 0;
    let o3 = (o2 + near) | 0;
    let o4 = (o3 + near) | 0;
    const end = (i0 + near) | 0;
    while (i0 < end) {
      const aRe = x[i0];
      const aIm = x[(i0 + 1) | 0];
      const bRe = x[i1];
      const bIm = x[(i1 + 1) | 0];
      const cRe = x[i2];
      const cIm = x[(i2 + 1) | 0];
      const dRe = x[i3];
      const dIm = x[(i3 + 1) | 0];
      const eRe = x[i4];
      const eIm = x[(i4 + 1) | 0];
      const beRe = bRe + eRe;
      const beIm = bIm + eIm;
      const cdRe = cRe + dRe;
      const cdIm = cIm + dIm;
      const beCrossRe = bRe - eRe;
      const beCrossIm = bIm - eIm;
      const cdCrossRe = cRe - dRe;
      const cdCrossIm = cIm - dIm;
      const even1Re = aRe + COS_FIFTH * beRe + COS_TWO_FIFTHS * cdRe;
      const even1Im = aIm + COS_FIFTH * beIm + COS_TWO_FIFTHS * cdIm;
      const even2Re = aRe + COS_TWO_FIFTHS * beRe + COS_FIFTH * cdRe;
      const even2Im = aIm + COS_TWO_FIFTHS * beIm + COS_FIFTH * cdIm;
      const odd1Re = SIN_FIFTH * beCrossRe + SIN_TWO_FIFTHS * cdCrossRe;
      const odd1Im = SIN_FIFTH * beCrossIm + SIN_TWO_FIFTHS * cdCrossIm;
      const odd2Re = SIN_TWO_FIFTHS * beCrossRe - SIN_FIFTH * cdCrossRe;
      const odd2Im = SIN_TWO_FIFTHS * beCrossIm - SIN_FIFTH * cdCrossIm;
      const y1Re = even1Re + odd1Im;
      const y1Im = even1Im - odd1Re;
      const y2Re = even2Re + odd2Im;
      const y2Im = even2Im - odd2Re;
      const y3Re = even2Re - odd2Im;
      const y3Im = even2Im + odd2Re;
      const y4Re = even1Re - odd1Im;
      const y4Im = even1Im + odd1Re;
      y[o0] = aRe + (beRe + cdRe);
      y[(o0 + 1) | 0] = aIm + (beIm + cdIm);
      y[o1] = y1Re * w1Re - y1Im * w1Im;
      y[(o1 + 1) | 0] = y1Re * w1Im + y1Im * w1Re;
      y[o2] = y2Re * w2Re - y2Im * w2Im;
      y[(o2 + 1) | 0] = y2Re * w2Im + y2Im * w2Re;
      y[o3] = y3Re * w3Re - y3Im * w3Im;
      y[(o3 + 1) | 0] = y3Re * w3Im + y3Im * w3Re;
      y[o4] = y4Re * w4Re - y4Im * w4Im;
      y[(o4 + 1) | 0] = y4Re * w4Im + y4Im * w4Re;
      i0 = (i0 + 2) | 0;
      i1 = (i1 + 2) | 0;
      i2 = (i2 + 2) | 0;
      i3 = (i3 + 2) | 0;
      i4 = (i4 + 2) | 0;
      o0 = (o0 + 2) | 0;
      o1 = (o1 + 2) | 0;
      o2 = (o2 + 2) | 0;
      o3 = (o3 + 2) | 0;
      o4 = (o4 + 2) | 0;
    }
  }
};

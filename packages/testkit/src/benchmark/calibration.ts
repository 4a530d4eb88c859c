import { radiansPerPixel } from '@wtilde/core-types';
/** The two plain loops by which times of other machines are scaled to this one. */

/** Milliseconds of either loop. */
export interface Calibration {
  /** Kernel #6 by direct cosines: N = 30, K = 1024, uv uniform in +-4e5 wavelengths, 0.2 arcsec. */
  readonly directCosines: number;
  /** A product of 256 x 256 matrices, loops i-k-j. */
  readonly matrixProduct: number;
}

/** Transforms compare by cosines, linear algebra by the product. */
export type Loop = keyof Calibration;

/** Both loops, their inputs made beforehand, once they are compiled for good. */
export function calibrate(): Calibration {
  const uv = Float64Array.from({ length: 2 * 1024 }, (_, i) => 8e5 * (((i * 0.6180339887498949) % 1) - 0.5));
  const a = Float64Array.from({ length: 256 * 256 }, (_, i) => (i % 17) - 8);
  const b = Float64Array.from({ length: 256 * 256 }, (_, i) => (i % 13) - 6);
  const timed = (loop: () => Float64Array) => {
    for (let call = 0; call < 10; call++) loop();
    const times = Array.from({ length: 15 }, () => {
      const start = performance.now();
      loop();
      return performance.now() - start;
    });
    return times.sort((x, y) => x - y)[7];
  };
  return { directCosines: timed(() => directCosines(uv)), matrixProduct: timed(() => matrixProduct(a, b)) };
}

export function meanOf(a: Calibration, b: Calibration): Calibration {
  return {
    directCosines: (a.directCosines + b.directCosines) / 2,
    matrixProduct: (a.matrixProduct + b.matrixProduct) / 2,
  };
}

function directCosines(uv: Float64Array): Float64Array {
  const [N, K, d] = [30, 1024, radiansPerPixel(0.2)];
  const out = new Float64Array(N * (2 * N - 1));
  for (let m = 0; m < N; m++) {
    for (let n = 1 - N; n < N; n++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += Math.cos(2 * Math.PI * d * (n * uv[2 * k] - m * uv[2 * k + 1]));
      out[m * (2 * N - 1) + n + N - 1] = sum;
    }
  }
  return out;
}

function matrixProduct(a: Float64Array, b: Float64Array): Float64Array {
  const n = 256;
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return c;
}

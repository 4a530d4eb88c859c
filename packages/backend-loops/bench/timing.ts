/** Median milliseconds of repeated calls after a warm-up, at least `rounds` of them and about `budget` ms in all. */
export function median(call: () => unknown, { rounds = 9, budget = 400 } = {}): number {
  call();
  const first = timeOf(call);
  const count = Math.max(rounds, Math.min(200, Math.round(budget / Math.max(first, 1e-3))));
  const times = Array.from({ length: count }, () => timeOf(call)).sort((a, b) => a - b);
  return times[times.length >> 1];
}

export function timeOf(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}

/**
 * The two plain loops by which times of other machines are scaled to this one, in milliseconds: kernel #6 by direct
 * cosines (N=30, K=1024, uv uniform in +-4e5 wavelengths, 0.2 arcsec) and a 256x256 matrix product, loops i-k-j.
 */
export function calibrate(): { directCosines: number; matrixProduct: number } {
  return { directCosines: median(directCosines, { rounds: 15 }), matrixProduct: median(matrixProduct, { rounds: 15 }) };
}

function directCosines(): Float64Array {
  const [N, K, d] = [30, 1024, (0.2 * Math.PI) / 648000];
  const uv = Float64Array.from({ length: 2 * K }, (_, i) => 8e5 * (((i * 0.6180339887498949) % 1) - 0.5));
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

function matrixProduct(): Float64Array {
  const n = 256;
  const a = Float64Array.from({ length: n * n }, (_, i) => (i % 17) - 8);
  const b = Float64Array.from({ length: n * n }, (_, i) => (i % 13) - 6);
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return c;
}

/** Evidence and gains of visibilities by their covariance matrix, which knows nothing of W, F or columns. */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { complex, index, type NdArray, real } from '@wtilde/core-types';
import { createRandom, type Observation, uvTrackOf, type Visibilities } from '@wtilde/data';
import {
  type GainErrors,
  geometryOf,
  type Mask2D,
  type Model,
  mapperOf,
  priorOf,
  simulateVisibilities,
} from '../../src/index.js';
import { truth } from '../inversion/scene.js';

const array: Observation = { antennas: 5, longestBaseline: 250_000, latitude: 0.35, declination: 0.1, hourAngle: 0.8 };
const pairs = Array.from({ length: 5 }, (_, a) => Array.from({ length: 4 - a }, (_, b) => [a + 1, a + b + 2])).flat();

/** Six integrations of 100 s of five antennas, with gains that are off. */
export async function observeWithGains(
  mask: Mask2D,
  phase: number,
  amplitude: number,
  noise = 2,
): Promise<Visibilities> {
  const count = 6 * pairs.length;
  const { visibilities } = await simulateVisibilities({
    lens: truth,
    mask,
    uvWavelengths: uvTrackOf(array, count),
    noise,
    seed: 5,
    backends: [createLoopsBackend()],
  });
  const random = createRandom('gains of a test');
  const gains = Array.from({ length: 12 }, () => [amplitude * random.normal(), phase * random.normal()]);
  const data = visibilities.data.data.slice();
  const antennas = new Int32Array(2 * count);
  const times = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const [a, b] = pairs[k % pairs.length];
    const time = Math.floor(k / pairs.length);
    antennas.set([a, b], 2 * k);
    times[k] = 5e9 + 100 * time;
    const of = (antenna: number) => gains[antenna + (time < 3 ? 0 : 6)];
    const [log, angle] = [of(a)[0] + of(b)[0], of(a)[1] - of(b)[1]];
    const [re, im] = [data[2 * k], data[2 * k + 1]];
    data[2 * k] = Math.exp(log) * (re * Math.cos(angle) - im * Math.sin(angle));
    data[2 * k + 1] = Math.exp(log) * (re * Math.sin(angle) + im * Math.cos(angle));
  }
  return {
    ...visibilities,
    data: complex(data),
    antennas: index(antennas, [count, 2]),
    times: real(times),
  };
}

/** log N(d; 0, N + J P J^t + A T H^-1 T^t A^t), and mean and standard deviation of the gains. */
export function evidenceByCovariance(
  { data, noiseMap, uvWavelengths, antennas, times }: Visibilities,
  mask: Mask2D,
  model: Model,
  { phase, amplitude, interval = Number.POSITIVE_INFINITY, image, estimates }: GainErrors,
) {
  const geometry = geometryOf(mask);
  const K = data.shape[0];
  const [d, variances] = [data.data.slice(), noiseMap.data.map((n) => n * n)];
  const found = (antennas?.data ?? []).length;
  if (antennas === undefined || times === undefined || found === 0) throw new Error('no antennas');
  const slot = (k: number, which: 0 | 1) => {
    const number = Math.floor((times.data[k] - times.data[0]) / interval);
    return [antennas.data[2 * k + which], Number.isFinite(interval) ? number : 0] as const;
  };
  const known = ([antenna, number]: readonly [number, number]) => {
    const start = times.data[0] + (Number.isFinite(interval) ? number * interval : 0);
    const at = estimates?.antennas.data.findIndex(
      (each, i) => each === antenna && Math.abs((estimates.starts.data[i] ?? 0) - start) < 1e-3,
    );
    return at === undefined || at < 0 || estimates === undefined
      ? { phase: 0, amplitude: 0 }
      : { phase: estimates.phases.data[at], amplitude: estimates.amplitudes.data[at] };
  };
  // What is known is taken out.
  let logGains = 0;
  for (let k = 0; k < K; k++) {
    const [a, b] = [known(slot(k, 0)), known(slot(k, 1))];
    const [log, angle] = [a.amplitude + b.amplitude, a.phase - b.phase];
    const [re, im] = [d[2 * k], d[2 * k + 1]];
    d[2 * k] = Math.exp(-log) * (re * Math.cos(angle) + im * Math.sin(angle));
    d[2 * k + 1] = Math.exp(-log) * (im * Math.cos(angle) - re * Math.sin(angle));
    for (const lane of [0, 1]) variances[2 * k + lane] *= Math.exp(-2 * log);
    logGains += log;
  }
  const A = transformOf(uvWavelengths, geometry.gridRadiansSlim);
  const z = image === undefined ? d : times1(A, image.data);
  // Columns of J with their prior.
  const columns: { key: string; column: Float64Array; sigma: number; mean: number }[] = [];
  for (const [kind, sigma] of [
    ['phase', phase],
    ['amplitude', amplitude],
  ] as const) {
    if (sigma === undefined) continue;
    for (let k = 0; k < K; k++) {
      for (const which of [0, 1] as const) {
        const gain = slot(k, which);
        const key = `${kind} ${gain}`;
        let at = columns.find((each) => each.key === key);
        if (at === undefined) {
          at = { key, column: new Float64Array(2 * K), sigma, mean: -known(gain)[kind] };
          columns.push(at);
        }
        const sign = which === 1 && kind === 'phase' ? -1 : 1;
        at.column[2 * k] += sign * (kind === 'phase' ? -z[2 * k + 1] : z[2 * k]);
        at.column[2 * k + 1] += sign * (kind === 'phase' ? z[2 * k] : z[2 * k + 1]);
      }
    }
  }
  const { mapper, ...mapped } = mapperOf(mask, geometry, model);
  const prior = priorOf(model.regularization, { mapper, ...mapped });
  const S = mapper.pixels;
  const H = hOf(prior, S);
  const T = Array.from({ length: geometry.pixels }, () => new Float64Array(S));
  const width = mapper.pixIndexesForSubSlimIndex.shape[1];
  mapper.pixIndexesForSubSlimIndex.data.forEach((pixel, at) => {
    if (pixel >= 0) T[Math.floor(at / width)][pixel] += mapper.pixWeightsForSubSlimIndex.data[at];
  });
  const AT = A.map((row) => {
    const out = new Float64Array(S);
    row.forEach((value, i) => {
      for (let s = 0; s < S; s++) out[s] += value * T[i][s];
    });
    return out;
  });
  const Hinv = invert(H).inverse;
  const half = AT.map((row) => Hinv.map((column) => dot(row, column)));
  const C = AT.map((_, k) =>
    Float64Array.from(AT, (other, l) => {
      const gains = columns.reduce((sum, { column, sigma }) => sum + sigma ** 2 * column[k] * column[l], 0);
      return dot(half[k], other) + gains + (k === l ? variances[k] : 0);
    }),
  );
  const left = d.map((value, k) => value - columns.reduce((sum, { column, mean }) => sum + column[k] * mean, 0));
  const { inverse, logDet } = invert(C);
  const solved = inverse.map((row) => dot(row, left));
  const log2pi = 2 * K * Math.log(2 * Math.PI);
  return {
    logEvidence: -(dot(left, solved) + logDet + log2pi + 4 * logGains) / 2,
    gains: columns.map(({ key, column, sigma }) => ({
      key,
      mean: sigma ** 2 * dot(column, solved),
      error: Math.sqrt(
        sigma ** 2 -
          sigma ** 4 *
            dot(
              column,
              inverse.map((row) => dot(row, column)),
            ),
      ),
    })),
  };
}

function hOf(prior: ReturnType<typeof priorOf>, S: number): Float64Array[] {
  if ('matrix' in prior) return Array.from({ length: S }, (_, i) => prior.matrix.slice(i * S, (i + 1) * S));
  const { neighbors, sizes, weights, diagonal } = prior.graph;
  const slots = weights.length / S;
  const H = Array.from({ length: S }, (_, i) => new Float64Array(S).fill(diagonal[i], i, i + 1));
  for (let i = 0; i < S; i++) {
    for (let slot = 0; slot < sizes[i]; slot++) {
      const j = neighbors[i * slots + slot];
      H[i][i] += weights[i * slots + slot];
      H[i][j] -= weights[i * slots + slot];
    }
  }
  return H;
}

/** Rows: real and imaginary part of every visibility, by the pixels. */
function transformOf(uv: NdArray<'real'>, grid: NdArray<'real'>): Float64Array[] {
  return Array.from({ length: uv.shape[0] }, (_, k) => {
    const phase = Float64Array.from({ length: grid.shape[0] }, (_, i) => {
      const [y, x] = [grid.data[2 * i], grid.data[2 * i + 1]];
      return -2 * Math.PI * (x * uv.data[2 * k] + y * uv.data[2 * k + 1]);
    });
    return [phase.map(Math.cos), phase.map(Math.sin)];
  }).flat();
}

function times1(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** By elimination with the diagonal as pivots: the matrices are positive definite. */
function invert(matrix: readonly ArrayLike<number>[]): { inverse: Float64Array[]; logDet: number } {
  const n = matrix.length;
  const rows = matrix.map((row, i) => {
    const out = new Float64Array(2 * n);
    out.set(row);
    out[n + i] = 1;
    return out;
  });
  let logDet = 0;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i][i];
    logDet += Math.log(pivot);
    for (let k = i; k < 2 * n; k++) rows[i][k] /= pivot;
    for (let j = 0; j < n; j++) {
      const factor = rows[j][i];
      if (j === i || factor === 0) continue;
      for (let k = i; k < 2 * n; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  return { inverse: rows.map((row) => row.slice(n)), logDet };
}

import {
  columnsOfDense,
  columnsOfMapping,
  displacementLattice,
  displacementTableFromCompact,
  displacementTableFromPreload,
  preloadFromDisplacementTable,
  weightStrengths,
} from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { curvatureByConvolution } from '../../src/fourier/curvatureConvolution.js';
import { curvatureDirect } from '../../src/fourier/curvatureDirect.js';
import { curvatureByFft } from '../../src/fourier/curvatureFft.js';
import { curvatureByGather } from '../../src/fourier/curvatureGather.js';
import { curvatureOperator } from '../../src/fourier/curvatureOperator.js';
import { latticeSums } from '../../src/fourier/latticeSums.js';
import { spectralOperator } from '../../src/fourier/spectralOperator.js';
import { wTildeFromHalf, wTildeFromPreload } from '../../src/fourier/wTildeExpand.js';
import { curvatureFromDenseW } from '../../src/linalg/curvatureFromDenseW.js';
import { denseMapping, disc, pixelsWhere, randomMapping, ring } from './masks.js';
import { baselines, generator, uniform } from './random.js';

/** W by displacement of a few visibilities whose baselines the pixels resolve. */
function tableOf(rows: number, columns: number): Float64Array {
  const random = generator(rows * 100 + columns);
  const values = new Float64Array(rows * Math.max(2 * columns - 1, 0));
  const noise = uniform(random, 9, 0.5, 2);
  const lattice = displacementLattice(rows, columns, 1e-6);
  latticeSums(weightStrengths(noise), baselines(random, 9, 9e5), lattice, values);
  return values;
}

/** W_ij by the definition of #7, for a rectangular table too. */
function naiveW(values: Float64Array, columns: number, native: Int32Array): Float64Array {
  const m = native.length / 2;
  const w = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const p0 = native[2 * i] - native[2 * j];
      const p1 = native[2 * i + 1] - native[2 * j + 1];
      w[i * m + j] = values[Math.abs(p0) * (2 * columns - 1) + (p0 >= 0 ? p1 : -p1) + columns - 1];
    }
  }
  return w;
}

/** T^t W T by definition. */
function naiveF(w: Float64Array, t: Float64Array, m: number, s: number): Float64Array {
  const wt = new Float64Array(m * s);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let c = 0; c < s; c++) wt[i * s + c] += w[i * m + j] * t[j * s + c];
    }
  }
  const f = new Float64Array(s * s);
  for (let i = 0; i < m; i++) {
    for (let r = 0; r < s; r++) {
      for (let c = 0; c < s; c++) f[r * s + c] += t[i * s + r] * wt[i * s + c];
    }
  }
  return f;
}

function relativeError(actual: Float64Array, expected: Float64Array): number {
  let difference = 0;
  let size = 0;
  expected.forEach((value, i) => {
    difference += (actual[i] - value) ** 2;
    size += value ** 2;
  });
  return Math.sqrt(difference) / (Math.sqrt(size) || 1);
}

/** Pixels that do not come row by row. */
function shuffled(native: Int32Array): Int32Array {
  const random = generator(8);
  const order = Array.from({ length: native.length / 2 }, (_, i) => i).sort(() => random() - 0.5);
  return Int32Array.from(order.flatMap((i) => [native[2 * i], native[2 * i + 1]]));
}

const cases: { name: string; rows: number; columns: number; native: Int32Array; s: number; b: number }[] = [
  { name: 'one pixel', rows: 1, columns: 1, native: Int32Array.of(0, 0), s: 1, b: 1 },
  { name: 'no pixel', rows: 2, columns: 2, native: new Int32Array(0), s: 3, b: 2 },
  { name: 'two pixels of a diagonal', rows: 2, columns: 2, native: Int32Array.of(0, 1, 1, 0), s: 2, b: 2 },
  { name: 'one source pixel', rows: 7, columns: 7, native: disc(7), s: 1, b: 3 },
  { name: 'a disc, S below 8', rows: 8, columns: 8, native: disc(8), s: 7, b: 3 },
  { name: 'a disc, S above 8', rows: 11, columns: 11, native: disc(11), s: 19, b: 3 },
  { name: 'more source than image pixels', rows: 6, columns: 6, native: disc(6), s: 75, b: 4 },
  { name: 'a ring with holes', rows: 14, columns: 14, native: ring(14), s: 24, b: 3 },
  {
    name: 'a tall rectangle',
    rows: 9,
    columns: 4,
    native: pixelsWhere(9, 4, (r, c) => r !== 4 && r + c > 1),
    s: 9,
    b: 2,
  },
  { name: 'a wide rectangle', rows: 3, columns: 10, native: pixelsWhere(3, 10, () => true), s: 16, b: 1 },
  { name: 'pixels in disorder', rows: 9, columns: 9, native: shuffled(disc(9)), s: 12, b: 3 },
];

describe('the curvature matrix', () => {
  it.each(cases)('of $name agrees with its definition by every method', ({ rows, columns, native, s, b }) => {
    const m = native.length / 2;
    const values = tableOf(rows, columns);
    const mapping = randomMapping(m, s, b, rows + s);
    const t = denseMapping(m, mapping);
    const w = naiveW(values, columns, native);
    const expected = naiveF(w, t, m, s);
    const preload = preloadFromDisplacementTable({ rows, columns, values });
    const operator = curvatureOperator({ rows, columns, values }, native);
    const fromPreload = curvatureOperator(displacementTableFromPreload(preload, rows, columns), native);
    const results = {
      convolution: curvatureByConvolution(operator, mapping),
      gather: curvatureByGather(operator, mapping),
      direct: curvatureDirect(operator, mapping),
      fft: curvatureByFft(spectralOperator(operator), mapping),
      preload: curvatureByConvolution(fromPreload, mapping),
    };
    const { pixIndexes, pixWeights } = mapping;
    // From the dense W, whose symmetry is not assumed: equal only to rounding on both sides of the diagonal.
    const fromDenseW = {
      'dense W': curvatureFromDenseW(w, columnsOfMapping(m, s, pixIndexes, pixWeights)),
      'dense W, dense mapping': curvatureFromDenseW(w, columnsOfDense(m, s, t)),
    };
    for (const [method, f] of Object.entries(fromDenseW)) {
      expect(relativeError(f, expected), method).toBeLessThan(1e-14);
    }
    for (const [method, f] of Object.entries(results)) {
      expect(relativeError(f, expected), method).toBeLessThan(1e-14);
      for (let r = 0; r < s; r++) {
        for (let c = 0; c < r; c++) expect(f[r * s + c]).toBe(f[c * s + r]);
      }
    }
  });

  it('overwrites what was there and leaves its inputs alone', () => {
    const native = disc(6);
    const mapping = randomMapping(native.length / 2, 9, 3, 1);
    const values = tableOf(6, 6);
    const before = [values.slice(), mapping.pixIndexes.slice(), mapping.pixWeights.slice()];
    const operator = curvatureOperator(displacementTableFromCompact(values, 6), native);
    for (const method of [curvatureByConvolution, curvatureByGather, curvatureDirect]) {
      const clean = method(operator, mapping);
      expect(method(operator, mapping, new Float64Array(81).fill(5))).toEqual(clean);
    }
    expect([values, mapping.pixIndexes, mapping.pixWeights]).toEqual(before);
  });

  it('ignores the weights behind a -1, even when they are not numbers', () => {
    const native = Int32Array.of(0, 0, 0, 1);
    const operator = curvatureOperator({ rows: 2, columns: 2, values: tableOf(2, 2) }, native);
    const clean = { pixIndexes: Int32Array.of(0, 1, 1, -1), pixWeights: Float64Array.of(1, 2, 3, 0), pixels: 2 };
    const dirty = { ...clean, pixWeights: Float64Array.of(1, 2, 3, Number.NaN) };
    for (const method of [curvatureByConvolution, curvatureByGather, curvatureDirect]) {
      expect(method(operator, dirty)).toEqual(method(operator, clean));
    }
  });
});

describe('the dense W from a table', () => {
  it.each(cases)('of $name is moved bit by bit', ({ rows, columns, native }) => {
    const values = tableOf(rows, columns);
    const expected = naiveW(values, columns, native);
    const size = Math.max(rows, columns);
    const square = tableOf(size, size);
    expect(wTildeFromHalf({ rows: size, columns: size, values: square }, native)).toEqual(naiveW(square, size, native));
    const preload = preloadFromDisplacementTable({ rows, columns, values });
    const dirty = new Float64Array(expected.length).fill(4);
    expect(wTildeFromPreload(preload, rows, columns, native, dirty)).toEqual(expected);
  });

  it('reads any preload by its definition, even one that is not symmetric', () => {
    const native = disc(5);
    const m = native.length / 2;
    const preload = uniform(generator(2), 100, -1, 1);
    const expected = new Float64Array(m * m);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        const dy = (native[2 * j] - native[2 * i] + 10) % 10;
        const dx = (native[2 * j + 1] - native[2 * i + 1] + 10) % 10;
        expected[i * m + j] = preload[dy * 10 + dx];
      }
    }
    expect(wTildeFromPreload(preload, 5, 5, native)).toEqual(expected);
  });
});

describe('the preload', () => {
  it('is the table by displacement modulo its size, row Ny and column Nx empty', () => {
    const rows = 3;
    const columns = 4;
    const random = generator(1);
    const uv = baselines(random, 20, 9e5);
    const noise = uniform(random, 20, 0.5, 2);
    const values = new Float64Array(rows * (2 * columns - 1));
    latticeSums(weightStrengths(noise), uv, displacementLattice(rows, columns, 1e-6), values);
    const preload = preloadFromDisplacementTable({ rows, columns, values });
    for (let y = 0; y < 2 * rows; y++) {
      for (let x = 0; x < 2 * columns; x++) {
        const dy = y < rows ? y : y - 2 * rows;
        const dx = x < columns ? x : x - 2 * columns;
        let expected = 0;
        for (let k = 0; k < 20; k++) {
          const turns = 1e-6 * (dx * uv[2 * k] - dy * uv[2 * k + 1]);
          expected += Math.cos(2 * Math.PI * turns) / noise[k] ** 2;
        }
        if (y === rows || x === columns) expected = 0;
        expect(preload[y * 2 * columns + x]).toBeCloseTo(expected, 11);
      }
    }
    const back = displacementTableFromPreload(preload, rows, columns);
    expect(back.values).toEqual(values);
  });
});

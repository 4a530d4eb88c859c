import { radiansPerPixel } from '@wtilde/core-types';
import type { OnBlock } from '@wtilde/numerics';
import {
  dirtyImageStrengths,
  displacementLattice,
  type LatticeFrame,
  latticePoints,
  type Strengths,
  weightStrengths,
  wTildeDataStrengths,
} from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { directSums, directVisibilities } from '../../src/fourier/directSums.js';
import { latticeSums } from '../../src/fourier/latticeSums.js';
import { latticeVisibilities } from '../../src/fourier/latticeVisibilities.js';
import { wTildeFromPoints } from '../../src/fourier/wTildePoints.js';
import { allowedError, compensatedSum, latticePoint, turnsOf } from './exact.js';
import { baselines, generator, uniform } from './random.js';

/** Every strength at once. */
function all(strengths: Strengths): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(strengths.length);
  const im = new Float64Array(strengths.length);
  strengths.fill(0, strengths.length, re, im);
  return { re, im };
}

function norm1({ re, im }: { re: Float64Array; im: Float64Array }): number {
  return compensatedSum(re.length, (k) => Math.hypot(re[k], im[k]));
}

/** W by displacement (#6) as `latticeSums` gives it. */
function wCompactFactorised(
  gridSize: number,
  noise: Float64Array,
  uv: Float64Array,
  pixelScale: number,
  out = new Float64Array(gridSize * Math.max(2 * gridSize - 1, 0)),
  onBlock?: OnBlock,
): Float64Array {
  const lattice = displacementLattice(gridSize, gridSize, radiansPerPixel(pixelScale));
  latticeSums(weightStrengths(noise), uv, lattice, out, onBlock);
  return out;
}

describe('w_compact, factorised', () => {
  const cases: [number, number, number, number][] = [
    [1, 5, 0.05, 2e7],
    [2, 1, 0.2, 4e5],
    [3, 96, 0.2, 4e5],
    [4, 97, 0.2, 4e5],
    [30, 190, 0.2, 4.8e5],
    [49, 333, 0.05, 5e6],
    [140, 300, 0.02, 2e7],
    [700, 20, 0.02, 2e7],
  ];
  it.each(cases)('N=%i, K=%i, %f arcsec, %f wavelengths', (n, visibilities, pixelScale, longest) => {
    const random = generator(n);
    const uv = baselines(random, visibilities, longest);
    const noise = uniform(random, visibilities, 0.1, 2);
    const q = all(weightStrengths(noise));
    const spacing = radiansPerPixel(pixelScale);
    const w = wCompactFactorised(n, noise, uv, pixelScale);
    const sum = norm1(q);
    const width = 2 * n - 1;
    const rows = [0, 1, Math.floor(n / 2), n - 2, n - 1];
    const columns = [0, 1, n - 2, n - 1, n, 2 * n - 3, 2 * n - 2];
    let worst = 0;
    for (const m of rows.filter((row) => row >= 0 && row < n)) {
      for (const at of columns.filter((column) => column >= 0 && column < width)) {
        const expected = compensatedSum(visibilities, (k) => {
          const turns = turnsOf(at - n + 1, spacing, uv[2 * k]) - turnsOf(m, spacing, uv[2 * k + 1]);
          return q.re[k] * Math.cos(2 * Math.PI * turns);
        });
        worst = Math.max(worst, Math.abs(w[m * width + at] - expected) / sum);
      }
    }
    // Far below what is allowed: the phases lose one rounding, the recurrence almost nothing.
    expect(worst).toBeLessThan(0.25 * allowedError(uv, n * spacing));
    if (longest < 1e6) expect(worst).toBeLessThan(5e-14);
    expect(w.subarray(0, width)).toEqual(w.slice(0, width).reverse());
  });

  it('is zero without visibilities and empty without pixels', () => {
    const none = new Float64Array(0);
    expect(wCompactFactorised(2, none, none, 0.1)).toEqual(new Float64Array(6));
    expect(wCompactFactorised(0, Float64Array.of(1), Float64Array.of(1, 2), 0.1)).toEqual(none);
  });

  it('tells which visibilities are done and overwrites what was there', () => {
    const random = generator(5);
    const uv = baselines(random, 200, 1e6);
    const noise = uniform(random, 200, 0.5, 1);
    const seen: [number, number][] = [];
    const out = new Float64Array(15).fill(7);
    wCompactFactorised(3, noise, uv, 0.1, out, (done, total) => seen.push([done, total]));
    expect(seen.at(-1)).toEqual([200, 200]);
    expect(seen.length).toBeGreaterThan(1);
    expect(out).toEqual(wCompactFactorised(3, noise, uv, 0.1));
  });
});

describe('sums over a lattice', () => {
  const spacing = radiansPerPixel(0.1);
  const lattices: LatticeFrame[] = [
    { rows: 1, columns: 1, y0: 0, x0: 0, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 1, columns: 2, y0: 3e-5, x0: -1e-5, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 5, columns: 1, y0: -2e-6, x0: 4e-5, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 7, columns: 6, y0: 3 * spacing, x0: -2.5 * spacing, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 6, columns: 13, y0: 40.5 * spacing, x0: 17 * spacing, pitchY: spacing, pitchX: 1.25 * spacing },
  ];
  const random = generator(11);
  const visibilities = 220;
  const uv = baselines(random, visibilities, 3e6);
  const data = uniform(random, 2 * visibilities, -1, 1);
  const noise = uniform(random, 2 * visibilities, 0.3, 1);
  const noiseReal = noise.filter((_, i) => i % 2 === 0);
  const dataReal = data.filter((_, i) => i % 2 === 0);

  it.each(lattices)('$rows x $columns from ($y0, $x0), factorised and direct', (lattice) => {
    const { rows, columns } = lattice;
    for (const strengths of [dirtyImageStrengths(data, noise), wTildeDataStrengths(dataReal, noiseReal)]) {
      const factorised = new Float64Array(rows * columns).fill(3);
      const direct = new Float64Array(rows * columns).fill(3);
      latticeSums(strengths, uv, lattice, factorised);
      directSums(strengths, uv, latticePoints(lattice), direct);
      const q = all(strengths);
      const allowed = allowedError(uv, 60 * spacing) * norm1(q);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const expected = latticePoint(q, uv, lattice, r, c);
          expect(Math.abs(factorised[r * columns + c] - expected)).toBeLessThan(allowed);
          expect(Math.abs(direct[r * columns + c] - expected)).toBeLessThan(allowed);
        }
      }
    }
  });

  it('takes the strengths of the definitions', () => {
    const q = all(dirtyImageStrengths(Float64Array.of(3, 5), Float64Array.of(2, 10)));
    expect([q.re[0], q.im[0]]).toEqual([3 / 4, 5 / 100]);
    expect(all(weightStrengths(Float64Array.of(2))).re[0]).toBe(0.25);
    const literal = all(wTildeDataStrengths(Float64Array.of(8), Float64Array.of(2)));
    expect(literal.re[0]).toBe((4 / 8) ** 2);
    expect(all(wTildeDataStrengths(Float64Array.of(0), Float64Array.of(2))).re[0]).toBe(Infinity);
  });

  it.each(lattices)('$rows x $columns from ($y0, $x0), the forward transform', (lattice) => {
    const { rows, columns } = lattice;
    const image = uniform(generator(3), rows * columns, -1, 1);
    const factorised = new Float64Array(2 * visibilities).fill(3);
    const direct = new Float64Array(2 * visibilities).fill(3);
    latticeVisibilities(image, uv, lattice, factorised);
    directVisibilities(image, uv, latticePoints(lattice), direct);
    const allowed = allowedError(uv, 60 * spacing) * compensatedSum(image.length, (i) => Math.abs(image[i]));
    for (let k = 0; k < visibilities; k += 7) {
      const one = { re: Float64Array.of(1), im: Float64Array.of(0) };
      const quarter = { re: Float64Array.of(0), im: Float64Array.of(1) };
      const pair = uv.subarray(2 * k, 2 * k + 2);
      const expectedRe = compensatedSum(image.length, (i) => {
        return image[i] * latticePoint(one, pair, lattice, Math.floor(i / columns), i % columns);
      });
      const expectedIm = compensatedSum(image.length, (i) => {
        return image[i] * latticePoint(quarter, pair, lattice, Math.floor(i / columns), i % columns);
      });
      for (const visibilitiesOf of [factorised, direct]) {
        expect(Math.abs(visibilitiesOf[2 * k] - expectedRe)).toBeLessThan(allowed);
        expect(Math.abs(visibilitiesOf[2 * k + 1] - expectedIm)).toBeLessThan(allowed);
      }
    }
  });

  it('is zero without visibilities or pixels', () => {
    const empty = new Float64Array(0);
    const out = new Float64Array(42).fill(1);
    latticeSums(weightStrengths(empty), empty, lattices[3], out);
    expect(out).toEqual(new Float64Array(42));
    const forward = new Float64Array(4).fill(1);
    latticeVisibilities(empty, uv.slice(0, 4), { ...lattices[0], rows: 0 }, forward);
    expect(forward).toEqual(new Float64Array(4));
  });
});

describe('W between points', () => {
  it.each([1, 2, 3, 4, 10])('%i scattered points', (points) => {
    const random = generator(points);
    const visibilities = 101;
    const uv = baselines(random, visibilities, 3e6);
    const noise = uniform(random, visibilities, 0.3, 1);
    const grid = uniform(random, 2 * points, 3e-5, 5e-5);
    const w = wTildeFromPoints(noise, uv, grid, new Float64Array(points * points).fill(9));
    const sum = compensatedSum(visibilities, (k) => noise[k] ** -2);
    for (let i = 0; i < points; i++) {
      for (let j = 0; j < points; j++) {
        const expected = compensatedSum(visibilities, (k) => {
          const x = turnsOf(1, grid[2 * i + 1] - grid[2 * j + 1], uv[2 * k]);
          const y = turnsOf(1, grid[2 * i] - grid[2 * j], uv[2 * k + 1]);
          return Math.cos(2 * Math.PI * (x + y)) / noise[k] ** 2;
        });
        expect(Math.abs(w[i * points + j] - expected)).toBeLessThan(1e-12 * sum);
        expect(w[i * points + j]).toBe(w[j * points + i]);
      }
    }
  });
});

import { radiansPerPixel } from '@wtilde/core-types';
import {
  dirtyImageStrengths,
  displacementLattice,
  displacementTarget,
  type LatticeFrame,
  latticeTarget,
  type Strengths,
  weightStrengths,
  wTildeDataStrengths,
} from '@wtilde/numerics';
import { describe, expect, it } from 'vitest';
import { latticeSums } from '../../src/fourier/latticeSums.js';
import { latticeVisibilities } from '../../src/fourier/latticeVisibilities.js';
import { addVisibilities, createNufftSums, finishNufftSums, mergeNufftSums } from '../../src/fourier/nufftSums.js';
import { nufftDisplacementTable, nufftLatticeSums } from '../../src/fourier/nufftTransforms.js';
import { nufftVisibilities } from '../../src/fourier/nufftVisibilities.js';
import { allowedError } from './exact.js';
import { baselines, generator, uniform } from './random.js';

const tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14];
const spacing = radiansPerPixel(0.05);

/** Baselines of an array and those where a grid method fails first: none, whole and half turns. */
function trying(seed: number, visibilities: number): Float64Array {
  const uv = baselines(generator(seed), visibilities, 2e7);
  const special = [0, 0.5 / spacing, -0.5 / spacing, 1 / spacing, 0.25 / spacing, 1e-9 / spacing];
  special.slice(0, visibilities).forEach((u, k) => {
    uv[2 * k] = u;
    uv[2 * k + 1] = special[(k + 1) % special.length];
  });
  return uv;
}

function sumOf(strengths: Strengths): number {
  const re = new Float64Array(strengths.length);
  const im = new Float64Array(strengths.length);
  strengths.fill(0, strengths.length, re, im);
  return re.reduce((sum, value, k) => sum + Math.hypot(value, im[k]), 0);
}

function worst(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

describe('the type-1 NUFFT', () => {
  const shapes: [number, number, number][] = [
    [1, 1, 3],
    [2, 2, 1],
    [3, 5, 40],
    [16, 16, 300],
    [31, 12, 150],
  ];

  it.each(tolerances)('gives W within a tolerance of %f', (tolerance) => {
    for (const [rows, columns, visibilities] of shapes) {
      const uv = trying(rows, visibilities);
      const weights = weightStrengths(uniform(generator(columns), visibilities, 0.2, 1));
      const exact = new Float64Array(rows * (2 * columns - 1));
      latticeSums(weights, uv, displacementLattice(rows, columns, spacing), exact);
      const fast = new Float64Array(exact.length).fill(8);
      nufftDisplacementTable(weights, uv, displacementLattice(rows, columns, spacing), tolerance, fast);
      const rounding = 0.1 * allowedError(uv, Math.max(rows, columns) * spacing);
      expect(worst(fast, exact) / sumOf(weights)).toBeLessThan(tolerance + Math.min(rounding, 1e-13));
    }
  });

  const lattices: LatticeFrame[] = [
    { rows: 1, columns: 1, y0: 2e-5, x0: -3e-5, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 2, columns: 5, y0: 0, x0: 0, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 9, columns: 8, y0: 4 * spacing, x0: -3.5 * spacing, pitchY: spacing, pitchX: 1.25 * spacing },
    { rows: 24, columns: 31, y0: 70 * spacing, x0: 10 * spacing, pitchY: spacing, pitchX: 1.25 * spacing },
  ];

  it.each(tolerances)('gives image sums within a tolerance of %f', (tolerance) => {
    for (const lattice of lattices) {
      const visibilities = 160;
      const uv = trying(3, visibilities);
      const random = generator(9);
      const data = uniform(random, 2 * visibilities, -1, 1);
      const noise = uniform(random, 2 * visibilities, 0.2, 1);
      const kinds = [
        dirtyImageStrengths(data, noise),
        wTildeDataStrengths(data.subarray(0, visibilities), noise.subarray(0, visibilities)),
      ];
      for (const strengths of kinds) {
        const exact = new Float64Array(lattice.rows * lattice.columns);
        latticeSums(strengths, uv, lattice, exact);
        const fast = new Float64Array(exact.length).fill(8);
        nufftLatticeSums(strengths, uv, lattice, tolerance, fast);
        const rounding = allowedError(uv, 100 * spacing);
        expect(worst(fast, exact) / sumOf(strengths)).toBeLessThan(tolerance + 0.1 * rounding);
      }
    }
  });

  it('is zero without visibilities and does nothing without pixels', () => {
    const none = new Float64Array(0);
    const out = new Float64Array(6).fill(1);
    nufftDisplacementTable(weightStrengths(none), none, displacementLattice(2, 2, spacing), 1e-9, out);
    expect(out).toEqual(new Float64Array(6));
    nufftLatticeSums(weightStrengths(none), none, { ...lattices[0], rows: 0 }, 1e-9, none);
  });

  it('takes more visibilities than are sorted together', () => {
    const visibilities = 70_000;
    const uv = baselines(generator(1), visibilities, 3e6);
    const weights = weightStrengths(uniform(generator(2), visibilities, 0.2, 1));
    const exact = new Float64Array(4 * 7);
    latticeSums(weights, uv, displacementLattice(4, 4, spacing), exact);
    const fast = new Float64Array(4 * 7);
    const seen: number[] = [];
    nufftDisplacementTable(weights, uv, displacementLattice(4, 4, spacing), 1e-12, fast, (done) => seen.push(done));
    expect(worst(fast, exact) / sumOf(weights)).toBeLessThan(1e-12);
    expect(seen).toEqual([65_536, 70_000]);
  });
});

describe('the type-2 NUFFT', () => {
  it.each(tolerances)('gives visibilities within a tolerance of %f', (tolerance) => {
    for (const [rows, columns] of [
      [1, 1],
      [2, 3],
      [17, 20],
      [33, 8],
    ]) {
      const lattice = { rows, columns, y0: 31 * spacing, x0: -4.2 * spacing, pitchY: spacing, pitchX: 1.25 * spacing };
      const image = uniform(generator(rows), rows * columns, -1, 1);
      const uv = trying(rows, 130);
      const exact = new Float64Array(260);
      latticeVisibilities(image, uv, lattice, exact);
      const fast = new Float64Array(260).fill(8);
      nufftVisibilities(image, uv, lattice, tolerance, fast);
      const sum = image.reduce((total, value) => total + Math.abs(value), 0);
      const rounding = allowedError(uv, 60 * spacing);
      expect(worst(fast, exact) / sum).toBeLessThan(tolerance + 0.1 * rounding);
    }
  });

  it('does nothing without visibilities and gives zero without pixels', () => {
    const none = new Float64Array(0);
    nufftVisibilities(
      none,
      none,
      { rows: 0, columns: 3, y0: 0, x0: 0, pitchY: spacing, pitchX: 1.25 * spacing },
      1e-9,
      none,
    );
    const out = new Float64Array(2).fill(1);
    nufftVisibilities(
      none,
      Float64Array.of(1, 2),
      { rows: 3, columns: 0, y0: 0, x0: 0, pitchY: spacing, pitchX: 1.25 * spacing },
      1e-9,
      out,
    );
    expect(out).toEqual(new Float64Array(2));
    nufftVisibilities(
      Float64Array.of(1),
      none,
      { rows: 1, columns: 1, y0: 0, x0: 0, pitchY: spacing, pitchX: 1.25 * spacing },
      1e-9,
      none,
    );
  });
});

describe('sums taken part by part', () => {
  const parts = [700, 1, 300, 0, 450].map((visibilities, i) => ({
    uv: baselines(generator(i), visibilities, 3e6),
    weights: weightStrengths(uniform(generator(i + 50), visibilities, 0.2, 1)),
    image: dirtyImageStrengths(
      uniform(generator(i + 90), 2 * visibilities, -1, 1),
      uniform(generator(i + 70), 2 * visibilities, 0.2, 1),
    ),
  }));
  const targets = {
    W: () => createNufftSums(displacementTarget(displacementLattice(9, 11, spacing)), 1e-12, 1500),
    image: () =>
      createNufftSums(
        latticeTarget({ rows: 9, columns: 21, y0: 0, x0: 1e-5, pitchY: spacing, pitchX: 1.25 * spacing }),
        1e-12,
        1500,
      ),
  };

  it.each(['W', 'image'] as const)('of %s are the same bits in one pass and merged', (kind) => {
    const of = (part: (typeof parts)[number]): Strengths => (kind === 'W' ? part.weights : part.image);
    const one = targets[kind]();
    const merged = targets[kind]();
    for (const part of parts) {
      addVisibilities(one, of(part), part.uv);
      const alone = targets[kind]();
      addVisibilities(alone, of(part), part.uv);
      mergeNufftSums(merged, alone);
    }
    const expected = finishNufftSums(one, new Float64Array(9 * 21));
    expect(finishNufftSums(merged, new Float64Array(9 * 21))).toEqual(expected);
    expect(one.parts).toBe(5);
    expect(merged.parts).toBe(5);
    // Finishing is repeatable, and more can be added behind it.
    expect(finishNufftSums(one, new Float64Array(9 * 21))).toEqual(expected);
    addVisibilities(one, of(parts[0]), parts[0].uv);
    addVisibilities(merged, of(parts[0]), parts[0].uv);
    const more = finishNufftSums(one, new Float64Array(9 * 21));
    expect(worst(more, finishNufftSums(merged, new Float64Array(9 * 21)))).toBe(0);
    expect(worst(more, expected)).toBeGreaterThan(1);
  });

  it('agree with all visibilities at once', () => {
    const sums = targets.W();
    const exact = new Float64Array(9 * 21);
    for (const part of parts) {
      addVisibilities(sums, part.weights, part.uv);
      const table = new Float64Array(exact.length);
      latticeSums(part.weights, part.uv, displacementLattice(9, 11, spacing), table);
      table.forEach((value, i) => {
        exact[i] += value;
      });
    }
    const sum = parts.reduce((total, part) => total + sumOf(part.weights), 0);
    const out = finishNufftSums(sums, new Float64Array(exact.length));
    expect(worst(out, exact) / sum).toBeLessThan(1e-12);
    mergeNufftSums(sums, targets.W());
    expect(sums.parts).toBe(5);
  });

  it('are merged with their like only', () => {
    const others = createNufftSums(displacementTarget(displacementLattice(9, 11, spacing)), 1e-9, 1500);
    expect(() => mergeNufftSums(targets.W(), others)).toThrow(expect.objectContaining({ code: 'InvalidValue' }));
  });

  it.each([0, 1e-15, 1, Number.NaN])('refuse a tolerance of %f', (tolerance) => {
    expect(() => createNufftSums(displacementTarget(displacementLattice(3, 3, spacing)), tolerance, 10)).toThrow(
      expect.objectContaining({ code: 'InvalidOption' }),
    );
  });
});

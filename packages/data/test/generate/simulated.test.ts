import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { almaLike, type Fields, generated, smaLike } from '../../src/index.js';
import { errorOf } from '../errors.js';
import { complexes, indexes, mappingRows, neighborLists, reals } from './numbers.js';
import { expectWellFormed } from './wellFormed.js';

const kinds = [
  ['smaLike', smaLike, { N: 30, K: 190, S: 256, B: 3, P: 4 }],
  ['almaLike', almaLike, { N: 60, K: 2000, S: 400, B: 3, P: 4 }],
] as const;

/** The largest phase between two pixels, over all visibilities. */
function largestPhase(fields: Fields): number {
  const extent = ((indexes(fields, 'grid_size')[0] - 1) * reals(fields, 'pixel_scale')[0] * Math.PI) / 648000;
  const uv = reals(fields, 'uv_wavelengths');
  let largest = 0;
  for (let k = 0; k < uv.length; k += 2) {
    largest = Math.max(largest, Math.abs(uv[k]) + Math.abs(uv[k + 1]));
  }
  return 2 * Math.PI * extent * largest;
}

/** 2 pi (x_i u_k + y_i v_k), literally. */
function phase(fields: Fields, i: number, k: number): number {
  const grid = reals(fields, 'grid_radians_slim');
  const uv = reals(fields, 'uv_wavelengths');
  return 2 * Math.PI * (grid[2 * i + 1] * uv[2 * k] + grid[2 * i] * uv[2 * k + 1]);
}

describe.each(kinds)('%s', (_, simulate, sizes) => {
  const fields = simulate();
  const M = indexes(fields, 'total_mask_pixels')[0];

  test('is well formed by default', () => {
    expectWellFormed(fields, sizes);
    for (const name of Object.keys(generated({ N: 3, K: 3, S: 3 }))) expect(fields).toHaveProperty(name);
  });

  test('is well formed for any sizes, primes among them', () => {
    const size = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom(1, 3, 4, 6), fc.integer(), (N, K, S, B, seed) => {
        expectWellFormed(simulate({ N, K, S, B, P: 5, seed }), { N, K, S, B, P: 5 });
      }),
      { numRuns: 30 },
    );
  });

  test('depends on nothing but its options', () => {
    const small = { N: 8, K: 20, S: 12 };
    expect(simulate(small)).toEqual(simulate(small));
    expect(simulate({ ...small, seed: 1 })).not.toEqual(simulate(small));
  });

  test('has equal real and imaginary noise that differs between visibilities', () => {
    const noise = complexes(fields, 'noise_map');
    noise.forEach((value, lane) => {
      if (lane % 2 === 0) expect(noise[lane + 1]).toBe(value);
    });
    expect(Math.max(...noise) / Math.min(...noise)).toBeGreaterThan(1.4);
  });

  test('has the image seen through the array, plus noise of the size that it states', () => {
    const image = reals(fields, 'image');
    const data = complexes(fields, 'data');
    const noise = reals(fields, 'noise_map_real');
    let chiSquared = 0;
    for (let k = 0; k < noise.length; k++) {
      let re = data[2 * k];
      let im = data[2 * k + 1];
      for (let i = 0; i < M; i++) {
        re -= image[i] * Math.cos(phase(fields, i, k));
        im += image[i] * Math.sin(phase(fields, i, k));
      }
      chiSquared += (re ** 2 + im ** 2) / noise[k] ** 2;
    }
    // 2 K degrees of freedom: mean 2 K, variance 4 K; five standard deviations.
    const K = noise.length;
    expect(Math.abs(chiSquared - 2 * K)).toBeLessThan(5 * Math.sqrt(4 * K));
  });

  test('has a signal that a source can be found in', () => {
    const data = complexes(fields, 'data');
    const noise = complexes(fields, 'noise_map');
    const power = data.reduce((sum, value, lane) => sum + (value / noise[lane]) ** 2, 0);
    expect(power / data.length).toBeGreaterThan(3);
  });

  test('has the dirty image of its data, kernel #22', () => {
    const data = complexes(fields, 'data');
    const noise = complexes(fields, 'noise_map');
    const dirty = reals(fields, 'dirty_image');
    let strength = 0;
    for (let lane = 0; lane < data.length; lane++) strength += Math.abs(data[lane]) / noise[lane] ** 2;
    for (let i = 0; i < M; i += 97) {
      let sum = 0;
      for (let k = 0; k < data.length / 2; k++) {
        sum += (data[2 * k] / noise[2 * k] ** 2) * Math.cos(phase(fields, i, k));
        sum -= (data[2 * k + 1] / noise[2 * k + 1] ** 2) * Math.sin(phase(fields, i, k));
      }
      expect(Math.abs(dirty[i] - sum)).toBeLessThan(1e-12 * strength);
    }
  });

  test('has pixels traced through a sphere: all are deflected by the same length, towards it', () => {
    const source = reals(fields, 'source_plane_grid');
    const grid = reals(fields, 'grid_radians_slim');
    const einstein = reals(fields, 'radius')[0] / 2;
    const R = reals(fields, 'radius')[0];
    for (let i = 0; i < grid.length; i += 2) {
      const y = (grid[i] * 648000) / Math.PI;
      const x = (grid[i + 1] * 648000) / Math.PI;
      expect(Math.hypot(y - source[i], x - source[i + 1])).toBeCloseTo(einstein, 10);
      const towards = (y - source[i]) * (y - 0.03 * R) + (x - source[i + 1]) * (x + 0.05 * R);
      expect(towards).toBeCloseTo(einstein * Math.hypot(y - 0.03 * R, x + 0.05 * R), 10);
    }
  });

  test.each([3, 4, 6])('maps with B = %i so that linear functions are exact', (B) => {
    const mapped = B === 3 ? fields : simulate({ B, K: 3 });
    const vertices = reals(mapped, 'mesh_vertices');
    const source = reals(mapped, 'source_plane_grid');
    const half = vertices[0];
    let inside = 0;
    mappingRows(mapped).forEach((row, i) => {
      const [y, x] = [source[2 * i], source[2 * i + 1]];
      if (Math.max(Math.abs(y), Math.abs(x)) > half) {
        expect(row.length).toBe(1);
        expect(row[0][1]).toBe(1);
        return;
      }
      inside++;
      const mean = (axis: number): number =>
        row.reduce((sum, [pixel, weight]) => sum + weight * vertices[2 * pixel + axis], 0);
      expect(mean(0)).toBeCloseTo(y, 10);
      expect(mean(1)).toBeCloseTo(x, 10);
    });
    expect(inside / M).toBeGreaterThan(0.95);
    expect(Math.max(...mappingRows(mapped).map(({ length }) => length))).toBe(Math.min(B, 4));
  });

  test('has vertices row by row from the top and the 4 around each as neighbours', () => {
    const vertices = reals(fields, 'mesh_vertices');
    const at = (i: number): [number, number] => [vertices[2 * i], vertices[2 * i + 1]];
    expect(at(0)[0]).toBeGreaterThan(at(sizes.S - 1)[0]);
    expect(at(0)[1]).toBeLessThan(at(1)[1]);
    const spacing = at(1)[1] - at(0)[1];
    const lists = neighborLists(fields);
    lists.forEach((list, i) => {
      for (const j of list) {
        expect(Math.hypot(at(i)[0] - at(j)[0], at(i)[1] - at(j)[1])).toBeCloseTo(spacing, 10);
      }
    });
    const side = Math.sqrt(sizes.S);
    expect(lists.reduce((sum, { length }) => sum + length, 0)).toBe(4 * side * (side - 1));
  });

  test('options that cannot be', () => {
    expect(errorOf(() => simulate({ B: 2 }), 'InvalidOption').where).toBe('B');
    expect(errorOf(() => simulate({ P: 3 }), 'InvalidOption').expected).toBe('at least 4');
    expect(errorOf(() => simulate({ N: 0 }), 'InvalidOption').where).toBe('N');
    // A mesh of one row has two neighbours at most.
    expect(simulate({ N: 5, K: 3, S: 7, P: 2 }).neighbors.shape).toEqual([7, 2]);
  });
});

describe('phases between pixels', () => {
  test('reach about 100 rad in smaLike and go beyond 600 rad in almaLike', () => {
    expect(largestPhase(smaLike())).toBeGreaterThan(90);
    expect(largestPhase(smaLike())).toBeLessThan(150);
    expect(largestPhase(almaLike())).toBeGreaterThan(600);
  });
});

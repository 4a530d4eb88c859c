import { createRandom } from '@wtilde/data';
import { expect, it } from 'vitest';
import { denseSystem, positiveSolution } from '../../src/index.js';
import type { PositiveSystem } from '../../src/positive/positiveSystem.js';
import type { Problem } from './problems.js';

const side = 39;
const sweeps = 10;
const order = side * side;
const places = Array.from({ length: order }, (_, i) => [Math.floor(i / side), i % side] as const);

/** A sky of S pixels as an interferometer measures it, its source smoothed: what F + H and D are of a lens. */
function interferometer(noise: number, coefficient: number, seed: number): Problem {
  const random = createRandom(`interferometer ${seed}`);
  const baselines = Array.from({ length: 400 }, () => [0.18 * random.normal(), 0.18 * random.normal()]);
  const table = new Float64Array((2 * side - 1) ** 2);
  for (let y = 1 - side; y < side; y++) {
    for (let x = 1 - side; x < side; x++) {
      let sum = 0;
      for (const [u, v] of baselines) sum += Math.cos(2 * Math.PI * (u * x + v * y));
      table[(y + side - 1) * (2 * side - 1) + x + side - 1] = sum / noise ** 2;
    }
  }
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    const [yi, xi] = places[i];
    for (let j = 0; j < order; j++) {
      const [yj, xj] = places[j];
      matrix[i * order + j] = table[(yi - yj + side - 1) * (2 * side - 1) + xi - xj + side - 1];
      if (Math.abs(yi - yj) + Math.abs(xi - xj) === 1) {
        matrix[i * order + j] -= coefficient ** 2;
        matrix[i * order + i] += coefficient ** 2;
      }
    }
    matrix[i * order + i] += 1e-8;
  }
  const blob = (i: number, y: number, x: number, width: number) => {
    const [yi, xi] = places[i];
    return Math.exp(-((yi - y) ** 2 + (xi - x) ** 2) / (2 * width ** 2));
  };
  const source = Float64Array.from({ length: order }, (_, i) => blob(i, 15, 20, 3) + 0.5 * blob(i, 25, 12, 2));
  const dataVector = new Float64Array(order);
  for (const [u, v] of baselines) {
    let [re, im] = [noise * random.normal(), noise * random.normal()];
    for (let i = 0; i < order; i++) {
      const [y, x] = places[i];
      re += source[i] * Math.cos(2 * Math.PI * (u * x + v * y));
      im -= source[i] * Math.sin(2 * Math.PI * (u * x + v * y));
    }
    for (let i = 0; i < order; i++) {
      const [y, x] = places[i];
      const phase = 2 * Math.PI * (u * x + v * y);
      dataVector[i] += (re * Math.cos(phase) - im * Math.sin(phase)) / noise ** 2;
    }
  }
  return { matrix, dataVector };
}

/** The system, and the multiplications that were made with it, sweeps as many as there can be. */
function counted({ matrix, dataVector }: Problem): { readonly system: PositiveSystem; made(): number } {
  let made = 0;
  const plain = denseSystem(matrix, dataVector);
  const system: PositiveSystem = {
    ...plain,
    residual(s) {
      made += order ** 2;
      return plain.residual(s);
    },
    relax(s, free) {
      made += sweeps * order ** 2;
      plain.relax(s, free);
    },
    factor(pixels, capacity) {
      const { length } = pixels;
      made += length ** 3 / 6;
      const factor = plain.factor(pixels, capacity);
      let before = 0;
      return {
        ...factor,
        solve(b) {
          made += length ** 2;
          return factor.solve(b);
        },
        couple(rows) {
          before += rows.length;
          made += rows.length * (length ** 2 / 2 + before * length);
          return factor.couple(rows);
        },
      };
    },
  };
  return { system, made: () => made };
}

it.each([
  [3, 0.5, 2],
  [30, 0.1, 3],
])('1521 pixels, noise %d, coefficient %d: cold at most 3 factorizations, warm 1.3', (noise, coefficient, seed) => {
  const problem = interferometer(noise, coefficient, seed);
  const one = order ** 3 / 6;
  const cold = counted(problem);
  const found = positiveSolution(cold.system);
  expect(found.reconstruction.includes(0)).toBe(true);
  expect(found.violation).toBeLessThan(1e-10);
  expect(cold.made() / one).toBeLessThan(3);
  const warm = counted(problem);
  const again = positiveSolution(warm.system, { similar: found.reconstruction });
  expect(again.reconstruction).toEqual(found.reconstruction);
  expect(warm.made() / one).toBeLessThan(1.3);
});

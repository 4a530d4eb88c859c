import { createRandom } from '@wtilde/data';
import { describe, expect, it } from 'vitest';
import { choleskyOf, denseSystem, positiveSolution, solve } from '../../src/index.js';
import { exchangeSingly } from '../../src/positive/exchange.js';
import { PassiveSolver } from '../../src/positive/passiveSolver.js';
import { lowerTriangleOnly } from '../dense.js';
import { leastSquares, type Problem, seededProblem, violation } from './problems.js';

const solutionOf = ({ matrix, dataVector }: Problem, start = {}) =>
  positiveSolution(denseSystem(lowerTriangleOnly(matrix, dataVector.length), dataVector), start);

/** s^t A s / 2 - s^t D. */
function form({ matrix, dataVector }: Problem, s: ArrayLike<number>): number {
  const order = dataVector.length;
  let sum = 0;
  for (let i = 0; i < order; i++) {
    let product = 0;
    for (let j = 0; j < order; j++) product += matrix[i * order + j] * s[j];
    sum += s[i] * (product / 2 - dataVector[i]);
  }
  return sum;
}

/** The best of all supports, each solved by itself. */
function bestOfAll({ matrix, dataVector }: Problem): number {
  const order = dataVector.length;
  let best = 0;
  for (let bits = 1; bits < 2 ** order; bits++) {
    const pixels = Array.from({ length: order }, (_, i) => i).filter((i) => (bits >> i) % 2 === 1);
    const inner = Float64Array.from(pixels.flatMap((i) => pixels.map((j) => matrix[i * order + j])));
    const found = solve(
      choleskyOf(pixels.length, [inner]),
      Float64Array.from(pixels, (i) => dataVector[i]),
    );
    if (!found.every((value) => value >= 0)) continue;
    const s = new Float64Array(order);
    pixels.forEach((pixel, at) => {
      s[pixel] = found[at];
    });
    best = Math.min(best, form({ matrix, dataVector }, s));
  }
  return best;
}

describe('a positive source', () => {
  it('fulfils the conditions of the least in 2000 seeded problems, and says so', () => {
    const worst = { own: 0, told: 0, difference: 0 };
    for (let seed = 0; seed < 2000; seed++) {
      const problem = seededProblem(seed);
      const found = solutionOf(problem);
      const own = violation(problem, found.reconstruction);
      worst.own = Math.max(worst.own, own);
      worst.told = Math.max(worst.told, found.violation);
      worst.difference = Math.max(worst.difference, Math.abs(own - found.violation));
    }
    expect(worst.own).toBeLessThan(1e-10);
    expect(worst.told).toBeLessThan(1e-10);
    expect(worst.difference).toBeLessThan(1e-14);
  });

  it('has the same bits from any start', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const problem = seededProblem(seed);
      const random = createRandom(`start ${seed}`);
      const { reconstruction } = solutionOf(problem);
      const order = reconstruction.length;
      const starts = [
        reconstruction,
        new Float64Array(order),
        new Float64Array(order).fill(1),
        reconstruction.map((value) => (random.uniform() < 0.2 ? 1 : value)),
        reconstruction.map(() => random.normal()),
      ];
      for (const similar of starts) expect(solutionOf(problem, { similar }).reconstruction).toEqual(reconstruction);
    }
  });

  it('is the best of all supports', () => {
    for (let seed = 0; seed < 400; seed++) {
      const problem = seededProblem(8 * seed + [0, 4, 5][seed % 3]);
      if (problem.dataVector.length > 9) continue;
      const { reconstruction } = solutionOf(problem);
      const [own, best] = [form(problem, reconstruction), bestOfAll(problem)];
      expect(Math.abs(own - best)).toBeLessThanOrEqual(1e-12 * Math.abs(best));
    }
  });

  it('is the unrestricted one where that is positive, after one factorization', () => {
    const { matrix } = seededProblem(16);
    const order = Math.sqrt(matrix.length);
    const wanted = Float64Array.from({ length: order }, (_, i) => 1 + i);
    const dataVector = wanted.map((_, i) => wanted.reduce((sum, value, j) => sum + matrix[i * order + j] * value, 0));
    const found = solutionOf({ matrix, dataVector });
    expect(found.reconstruction).toEqual(solve(choleskyOf(order, [matrix]), dataVector));
    expect(found.factorizations).toBe(1);
  });

  it('holds zeroed pixels at zero', () => {
    for (let seed = 0; seed < 160; seed++) {
      const problem = seededProblem(seed);
      const order = problem.dataVector.length;
      const zeroedPixels = Uint8Array.from({ length: order }, (_, i) => (i % 3 === seed % 3 ? 1 : 0));
      const { reconstruction } = solutionOf(problem, { zeroedPixels });
      expect(violation(problem, reconstruction, zeroedPixels)).toBeLessThan(1e-10);
      const similar = new Float64Array(order).fill(1);
      expect(solutionOf(problem, { zeroedPixels, similar }).reconstruction).toEqual(reconstruction);
    }
  });

  it('knows no units: of brightness, of data, of single pixels', () => {
    for (let seed = 0; seed < 80; seed++) {
      const { matrix, dataVector } = seededProblem(seed);
      const order = dataVector.length;
      const { reconstruction } = solutionOf({ matrix, dataVector });
      // Powers of two, which round nothing.
      const units = dataVector.map((_, i) => 2 ** (((7 * i + seed) % 80) - 40));
      const inUnits = solutionOf({
        matrix: matrix.map((value, at) => value * units[Math.floor(at / order)] * units[at % order]),
        dataVector: dataVector.map((value, i) => 2 ** 70 * value * units[i]),
      });
      expect(inUnits.reconstruction.map((value, i) => (value * units[i]) / 2 ** 70)).toEqual(reconstruction);
    }
  });

  it('leaves its arguments alone', () => {
    const { matrix, dataVector } = seededProblem(3);
    const similar = dataVector.map((value) => Math.abs(value));
    const copies = [matrix.slice(), dataVector.slice(), similar.slice()];
    positiveSolution(denseSystem(matrix, dataVector), { similar });
    expect([matrix, dataVector, similar]).toEqual(copies);
  });

  it('finds its way in larger systems too, where factors are changed in place', () => {
    for (const seed of [1, 2, 3]) {
      const random = createRandom(`larger ${seed}`);
      const order = 150;
      const rows = order + 5;
      const problem = leastSquares(
        Float64Array.from({ length: rows * order }, () => random.normal()),
        Float64Array.from({ length: rows }, () => random.normal()),
      );
      const cold = solutionOf(problem);
      expect(violation(problem, cold.reconstruction)).toBeLessThan(1e-12);
      expect(cold.factorizations).toBeLessThan(cold.iterations + 2);
      const similar = cold.reconstruction.map((value, i) => (i % 20 === 0 ? 1 : value));
      const warm = solutionOf(problem, { similar });
      expect(warm.reconstruction).toEqual(cold.reconstruction);
      const exact = solutionOf(problem, { similar: cold.reconstruction });
      expect([exact.factorizations, exact.iterations]).toEqual([1, 1]);
    }
  });

  it('comes of exchanges one by one as well, from anywhere', () => {
    for (let seed = 0; seed < 400; seed++) {
      const problem = seededProblem(seed);
      if (problem.kind === 'copies' || problem.kind === 'singular' || problem.kind === 'ties') continue;
      const random = createRandom(`singly ${seed}`);
      const system = denseSystem(problem.matrix, problem.dataVector);
      const members = new Uint8Array(system.order).map(() => random.integer(2));
      const free = new Uint8Array(system.order).fill(1);
      const solver = new PassiveSolver(system);
      const roots = system.diagonal.map(Math.sqrt);
      exchangeSingly({ system, solver, roots, free, iterations: 0 }, members);
      const { reconstruction } = solutionOf(problem);
      expect(solver.solveAfresh(members)).toEqual(reconstruction);
    }
  });

  it('that has no least is refused', () => {
    const failure = { code: 'NumericalFailure', where: 'the conditions of a positive source' };
    const unbounded = { matrix: Float64Array.of(0), dataVector: Float64Array.of(1) };
    expect(() => solutionOf(unbounded)).toThrow(expect.objectContaining(failure));
    const indefinite = { matrix: Float64Array.of(1, 0, 0, -1), dataVector: Float64Array.of(1, -1) };
    expect(() => solutionOf(indefinite)).toThrow(expect.objectContaining(failure));
    // Singular along (1, 1), along which D pulls.
    const pulled = { matrix: Float64Array.of(1, -1, -1, 1), dataVector: Float64Array.of(1, 1) };
    expect(() => solutionOf(pulled)).toThrow(expect.objectContaining(failure));
    const strange = { matrix: Float64Array.of(1, 0, 0, Number.NaN), dataVector: Float64Array.of(1, 1) };
    expect(() => solutionOf(strange)).toThrow(expect.objectContaining(failure));
  });
});

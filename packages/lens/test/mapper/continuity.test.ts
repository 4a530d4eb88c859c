import { matrixOfGraph } from '@wtilde/numerics';
import { describe, expect, test } from 'vitest';
import { type MeshInterpolation, type NaturalMapper, naturalMapper } from '../../src/index.js';
import { gridOf, type Places } from '../mesh/pointSets.js';
import { denseOf, furthest } from './denseOf.js';
import { scattered, seeded } from './scatter.js';

const pixels = 12;
const points = 8;

/** Vertices and pixels that move from one place to another, each its own way. */
function moving(seed: number) {
  const random = seeded(seed);
  const [from, to] = [scattered(pixels + points, random), scattered(pixels + points, random)];
  return (time: number, interpolation: MeshInterpolation): NaturalMapper => {
    const now: Places = from.map(([y, x], at) => [y + time * (to[at][0] - y), x + time * (to[at][1] - x)]);
    return naturalMapper({
      vertices: gridOf(now.slice(0, pixels)),
      grid: gridOf(now.slice(pixels)),
      interpolation,
    });
  };
}

/** What is next to what: the triangles, and the neighbours of every pixel, in an order of their own. */
function joints({ mesh, pixIndexesForSubSlimIndex: { data, shape } }: NaturalMapper) {
  const lists = (of: Int32Array, width: number) =>
    Array.from({ length: of.length / width }, (_, row) => String(of.slice(row * width, (row + 1) * width).sort()));
  return { triangles: String(lists(mesh.triangulation.triangles.data, 3).sort()), rows: String(lists(data, shape[1])) };
}

/** The weights of all pixels, and the matrix of the regularization. */
function values(mapper: NaturalMapper): Float64Array {
  return Float64Array.from([...denseOf(mapper), ...matrixOfGraph(mapper.graph)]);
}

/** The pairs of moments, 1e-15 apart, between which a triangle or a natural neighbour changes. */
function* events(at: (time: number) => NaturalMapper, steps: number) {
  const key = (time: number) => Object.values(joints(at(time))).join();
  for (let step = 0, before = key(0); step < steps; step++) {
    const after = key((step + 1) / steps);
    if (after !== before) {
      let [low, high] = [step / steps, (step + 1) / steps];
      while (high - low > 1e-15) {
        const middle = (low + high) / 2;
        if (key(middle) === before) low = middle;
        else high = middle;
      }
      yield [low, high] as const;
    }
    before = after;
  }
}

describe.each(['natural', 'laplace'] as const)('%s weights and the graph', (interpolation) => {
  test('are the same on both sides of 1000 flips and changes of natural neighbours', () => {
    let [flips, changes, worst] = [0, 0, 0];
    for (let seed = 0; flips + changes < 1000; seed++) {
      const move = moving(seed);
      for (const [low, high] of events((time) => move(time, interpolation), 100)) {
        const [before, after] = [move(low, interpolation), move(high, interpolation)];
        if (joints(before).triangles !== joints(after).triangles) flips++;
        else changes++;
        const scale = values(before).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        worst = Math.max(worst, furthest(values(before), values(after)) / scale);
      }
    }
    expect(Math.min(flips, changes)).toBeGreaterThan(200);
    expect(worst).toBeLessThan(1e-9);
  });
});

test('barycentric weights jump at flips', () => {
  const move = moving(1);
  const jumps = [...events((time) => move(time, 'barycentric'), 100)].map(([low, high]) =>
    furthest(denseOf(move(low, 'barycentric')), denseOf(move(high, 'barycentric'))),
  );
  expect(Math.max(...jumps)).toBeGreaterThan(0.01);
});

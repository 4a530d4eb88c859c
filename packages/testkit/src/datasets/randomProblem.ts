import * as fc from 'fast-check';
import type { Problem } from './problem.js';

/**
 * Problems of random sizes and values, small enough to shrink to something readable. Baselines are as telescopes have
 * them, 1e5 to 1e7 wavelengths, some of them zero or repeated.
 */
export function randomProblem(): fc.Arbitrary<Problem> {
  const sizes = fc.record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 5 }),
    K: fc.integer({ min: 0, max: 6 }),
    S: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 4 }),
  });
  return sizes.chain(({ rows, columns, K, S, width }) =>
    fc
      .record({
        mask: exactly(rows, exactly(columns, fc.boolean())),
        pixelScale: fraction(5, 50, 100),
        origin: fc.tuple(fraction(-50, 50, 100), fraction(-50, 50, 100)),
        visibilities: exactly(K, visibility),
        mapping: exactly(rows * columns, fc.array(mappingEntry(S), { maxLength: width })),
        edges: fc.subarray(edgesAmong(S)),
        coefficient: fraction(1, 15, 10),
      })
      .map(({ mask, visibilities, mapping, ...rest }) => {
        const unmasked = mask.flat().filter((shown) => shown).length;
        const each = <T>(of: (visibility: Visibility) => T): readonly T[] => visibilities.map(of);
        return {
          ...rest,
          mask: mask.map((row) => row.map((shown) => (shown ? '#' : '.')).join('')),
          uv: each(({ uv }) => uv),
          data: each(({ data }) => data),
          noise: each(({ noise }) => noise),
          rows: mapping.slice(0, unmasked),
          width,
          pixels: S,
          slots: Math.max(1, S - 1),
          circle: {
            shape: [rows, columns],
            scales: [rest.pixelScale, 1.5 * rest.pixelScale],
            centre: rest.origin,
            radius: 1.2 * rest.pixelScale,
          },
        };
      }),
  );
}

type Pair = [number, number];

interface Visibility {
  readonly uv: Pair;
  readonly data: Pair;
  readonly noise: Pair;
}

/** Whole numbers over a denominator: they shrink towards simple values and are never tiny by accident. */
function fraction(from: number, to: number, denominator: number): fc.Arbitrary<number> {
  return fc.integer({ min: from, max: to }).map((numerator) => numerator / denominator);
}

function signed(arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.tuple(arbitrary, fc.boolean()).map(([value, negative]) => (negative ? -value : value));
}

/** A few wavelengths short of 1e5 up to 1e7, spread over the orders of magnitude; now and then zero. */
const baseline = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 9, arbitrary: signed(fraction(50, 70, 10).map((order) => Math.round(10 ** order))) },
);

const visibility: fc.Arbitrary<Visibility> = fc.record({
  uv: fc.tuple(baseline, baseline),
  data: fc.tuple(signed(fraction(1, 40, 16)), signed(fraction(0, 40, 16))),
  noise: fc.tuple(fraction(8, 24, 16), fraction(8, 24, 16)),
});

/** Weights beyond [0, 1] as extrapolation gives them. */
function mappingEntry(S: number): fc.Arbitrary<Pair> {
  return fc.tuple(fc.integer({ min: 0, max: S - 1 }), fraction(-4, 20, 16));
}

function edgesAmong(S: number): Pair[] {
  return Array.from({ length: S }, (_, a) => Array.from({ length: a }, (_other, b): Pair => [a, b])).flat();
}

function exactly<T>(length: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength: length, maxLength: length });
}

import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AccumulatorSpec,
  accumulate,
  complex,
  createKernelAccumulator,
  index,
  isWtildeError,
  type PreparedVisibilities,
  radiansPerPixel,
  real,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { afterAll, describe, expect, it } from 'vitest';
import { backendAndEngine } from './fixtures.js';

const { backend, engine } = await backendAndEngine();
const { backend: three } = await backendAndEngine({ threads: 3, leastSharedWork: 0 });
afterAll(() => {
  for (const each of [backend, three]) each.dispose?.();
});

const gridSize = 7;
const pixelScale = 0.05;
const pitch = radiansPerPixel(pixelScale);
/** The pixels of a square without one corner, off its middle. */
const native = Array.from({ length: gridSize ** 2 - 1 }, (_, i) => [
  Math.floor((i + 1) / gridSize),
  (i + 1) % gridSize,
]);
const spec: AccumulatorSpec = {
  gridSize,
  pixelScale,
  gridRadiansSlim: real(
    native.flatMap(([row, column]) => [(2 - row) * pitch, (column - 3.5) * pitch]),
    [native.length, 2],
  ),
  nativeIndexForSlimIndex: index(native.flat(), [native.length, 2]),
};

/** Seeded visibilities with baselines up to 5e6 wavelengths. */
function chunkOf(name: string, K: number): VisibilityChunk {
  const random = createRandom(name);
  const numbers = (make: () => number) => Float64Array.from({ length: 2 * K }, make);
  const uv = numbers(() => 1e7 * (random.uniform() - 0.5));
  return {
    data: complex(numbers(() => random.uniform() - 0.5)),
    noiseMap: complex(numbers(() => 0.5 + random.uniform()).map((_, at, all) => all[at - (at % 2)])),
    uvWavelengths: real(uv, [K, 2]),
  };
}

function create(over: Partial<AccumulatorSpec> = {}, on = backend) {
  const accumulator = on.createAccumulator?.({ ...spec, ...over });
  if (accumulator === undefined) throw new Error('backend-wasm has accumulators');
  return accumulator;
}

function onePass(chunks: readonly VisibilityChunk[], on = backend): PreparedVisibilities {
  const accumulator = create({}, on);
  for (const chunk of chunks) accumulator.add(chunk);
  return accumulator.finish();
}

/** The largest difference of W or the dirty image, relative to the sum of weights. */
function off(a: PreparedVisibilities, b: PreparedVisibilities): number {
  const weights = b.wCompact.data[gridSize - 1];
  const distance = (x: Float64Array, y: Float64Array) => Math.max(...x.map((value, i) => Math.abs(value - y[i])));
  return Math.max(distance(a.wCompact.data, b.wCompact.data), distance(a.dirtyImage.data, b.dirtyImage.data)) / weights;
}

const chunks = [chunkOf('a', 150), chunkOf('b', 1), chunkOf('c', 0), chunkOf('d', 2049)];

describe('accumulator', () => {
  it.each([1e-13, 1e-9, 1e-4])('gives what the kernels of the reference give, to %s', async (tolerance) => {
    const expected = await accumulate(createKernelAccumulator(createReferenceBackend().kernels, spec), chunks);
    const sums = await accumulate(create({ tolerance }), chunks);
    expect(off(sums, expected)).toBeLessThan(Math.max(tolerance, 1e-12));
    expect(sums.chiSquared0).toBeCloseTo(expected.chiSquared0, 9);
    expect(sums.noiseNormalization).toBeCloseTo(expected.noiseNormalization, 8);
    expect([sums.visibilityCount, sums.flaggedCount]).toEqual([2200, 0]);
    expect(engine.heap.used).toBe(0);
  });

  it('gives the same bits on three threads', () => {
    expect(onePass(chunks, three)).toEqual(onePass(chunks));
  });

  it('takes no notice of flagged visibilities, whatever they hold', () => {
    const [chunk] = chunks;
    const flag = (array: Float64Array, ...values: number[]) => Float64Array.of(...array, ...values);
    const flagged = onePass([
      {
        data: complex(flag(chunk.data.data, Number.NaN, Number.POSITIVE_INFINITY, 3, 4)),
        noiseMap: complex(flag(chunk.noiseMap.data, Number.POSITIVE_INFINITY, 1, 0, Number.NEGATIVE_INFINITY)),
        uvWavelengths: real(flag(chunk.uvWavelengths.data, Number.POSITIVE_INFINITY, Number.NaN, 7, 1e300), [152, 2]),
      },
    ]);
    expect(flagged).toEqual({ ...onePass([chunk]), flaggedCount: 2 });
  });

  it('sums noise of any size', () => {
    const { data, uvWavelengths } = chunkOf('far', 3);
    const noise = [1e-40, 1e-40, 1, 1, 1e40, 1e40];
    const sums = onePass([{ data, uvWavelengths, noiseMap: complex(noise) }]);
    expect(sums.noiseNormalization).toBeCloseTo(
      noise.reduce((sum, n) => sum + Math.log(2 * Math.PI) + 2 * Math.log(n), 0),
      9,
    );
  });

  it('goes on after it was asked for sums, and refuses what does not fit without a trace', () => {
    const accumulator = create();
    accumulator.add(chunks[0]);
    accumulator.finish();
    const { data, noiseMap, uvWavelengths } = chunks[3];
    const spoilt = (values: Float64Array, value: number) => values.map((each, at) => (at === 7 ? value : each));
    for (const bad of [
      { data: complex(spoilt(data.data, Number.NaN)), noiseMap, uvWavelengths },
      { data, noiseMap: complex(spoilt(noiseMap.data, 0)), uvWavelengths },
      { data, noiseMap, uvWavelengths: real(spoilt(uvWavelengths.data, Number.POSITIVE_INFINITY), [2049, 2]) },
    ]) {
      expect(() => accumulator.add(bad)).toThrow(expect.objectContaining({ code: 'InvalidValue' }));
    }
    for (const chunk of chunks.slice(1)) accumulator.add(chunk);
    const sums = accumulator.finish();
    expect(off(sums, onePass(chunks))).toBeLessThan(1e-14);
    expect(sums.visibilityCount).toBe(2200);
  });

  it('refuses partners of another kind', () => {
    const codeOf = (act: () => void) => {
      try {
        act();
      } catch (error) {
        return isWtildeError(error) ? error.code : error;
      }
      return 'nothing';
    };
    expect(codeOf(() => create().merge(create({ tolerance: 1e-3 })))).toBe('InvalidValue');
    expect(codeOf(() => create().merge(create({}, three)))).toBe('InvalidValue');
    const other = createKernelAccumulator(createReferenceBackend().kernels, spec);
    expect(codeOf(() => create().merge(other))).toBe('InvalidValue');
  });

  it.each([
    ['on no lattice', (at: number) => (at === 10 ? 1e-9 : 0)],
    ['on a lattice of its own', (at: number) => at * 1e-16],
  ])('sums by the kernels where the grid lies %s', async (_, moved) => {
    const points = spec.gridRadiansSlim.data.map((value, at) => value + moved(at));
    const gridRadiansSlim = real(points, spec.gridRadiansSlim.shape);
    const expected = await accumulate(
      createKernelAccumulator(createReferenceBackend().kernels, { ...spec, gridRadiansSlim }),
      chunks,
    );
    expect(off(await accumulate(create({ gridRadiansSlim }), chunks), expected)).toBeLessThan(1e-12);
  });
});

// A group is 2^20 visibilities: the second chunk begins one, the third is larger than any.
describe('more than a group', () => {
  const parts = [chunkOf('e', 600_000), chunkOf('f', 500_000)];
  const [first, second] = parts;
  const joined = (of: (chunk: VisibilityChunk) => Float64Array) => {
    const numbers = new Float64Array(2_200_000);
    numbers.set(of(first));
    numbers.set(of(second), 1_200_000);
    return numbers;
  };
  const whole: VisibilityChunk = {
    data: complex(joined(({ data }) => data.data)),
    noiseMap: complex(joined(({ noiseMap }) => noiseMap.data)),
    uvWavelengths: real(
      joined(({ uvWavelengths }) => uvWavelengths.data),
      [1_100_000, 2],
    ),
  };

  it('is summed group by group, and merged to the bits of one pass', () => {
    const all = [chunks[0], ...parts, whole, chunks[3]];
    const merged = create();
    for (const chunk of all) {
      const part = create();
      part.add(chunk);
      merged.merge(part);
      part.finish();
    }
    const sums = merged.finish();
    expect(sums).toEqual(onePass(all));
    expect(sums.visibilityCount).toBe(2_202_199);
    expect(off(onePass([whole]), onePass(parts))).toBeLessThan(1e-13);
    expect(engine.heap.used).toBe(0);
  });
});

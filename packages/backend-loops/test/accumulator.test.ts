import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AccumulatorSpec,
  accumulate,
  complex,
  createKernelAccumulator,
  index,
  isWtildeError,
  radiansPerPixel,
  real,
  type VisibilityAccumulator,
  type VisibilityChunk,
} from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import { describe, expect, it } from 'vitest';
import { createLoopsBackend } from '../src/index.js';

const gridSize = 7;
const pixelScale = 0.05;
const spec: AccumulatorSpec = { gridSize, pixelScale, ...pixels(), expectedVisibilities: 400 };

/** The pixels of a square without one corner. */
function pixels() {
  const d = radiansPerPixel(pixelScale);
  const points: number[] = [];
  const native: number[] = [];
  for (let row = 0; row < gridSize; row++) {
    for (let column = row === 0 ? 1 : 0; column < gridSize; column++) {
      points.push(-(row - 3) * d, (column - 3) * d);
      native.push(row, column);
    }
  }
  return {
    gridRadiansSlim: real(points, [points.length / 2, 2]),
    nativeIndexForSlimIndex: index(native, [native.length / 2, 2]),
  };
}

/** Some seeded visibilities with baselines up to 5e6 wavelengths. */
function chunkOf(name: string, K: number): VisibilityChunk {
  const random = createRandom(name);
  const numbers = (make: () => number) => Float64Array.from({ length: 2 * K }, make);
  return {
    data: complex(numbers(() => random.normal())),
    noiseMap: complex(numbers(() => 0.5 + random.uniform())),
    uvWavelengths: real(
      numbers(() => 1e7 * (random.uniform() - 0.5)),
      [K, 2],
    ),
  };
}

function withFlags(chunk: VisibilityChunk, flagged: readonly number[]): VisibilityChunk {
  const noise = Float64Array.from(chunk.noiseMap.data);
  for (const k of flagged) noise[2 * k + (k % 2)] = Number.POSITIVE_INFINITY;
  return { ...chunk, noiseMap: complex(noise) };
}

const create = (over: Partial<AccumulatorSpec> = {}): VisibilityAccumulator => {
  const accumulator = createLoopsBackend().createAccumulator?.({ ...spec, ...over });
  if (accumulator === undefined) throw new Error('backend-loops has an accumulator');
  return accumulator;
};

const chunks = [chunkOf('a', 150), chunkOf('b', 1), chunkOf('c', 0), chunkOf('d', 249)];

describe('accumulator', () => {
  it('gives what the kernels of the reference give, chunk by chunk', async () => {
    const expected = await accumulate(createKernelAccumulator(createReferenceBackend().kernels, spec), chunks);
    const sums = await accumulate(create(), chunks);
    const weights = chunks.flatMap(({ noiseMap }) => [...noiseMap.data]).reduce((sum, n) => sum + n ** -2, 0);
    const distance = (a: Float64Array, b: Float64Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));
    expect(distance(sums.wCompact.data, expected.wCompact.data)).toBeLessThan(1e-12 * weights);
    expect(distance(sums.dirtyImage.data, expected.dirtyImage.data)).toBeLessThan(1e-11 * weights);
    expect(sums.chiSquared0).toBeCloseTo(expected.chiSquared0, 9);
    expect(sums.noiseNormalization).toBeCloseTo(expected.noiseNormalization, 9);
    expect([sums.visibilityCount, sums.flaggedCount]).toEqual([400, 0]);
    expect(sums.wCompact.shape).toEqual([7, 13]);
    expect(sums.dirtyImage.shape).toEqual([48]);
  });

  it('merges single chunks in order to the bits of one pass', async () => {
    const whole = await accumulate(create(), chunks);
    const merged = create();
    for (const chunk of chunks) {
      const part = create();
      part.add(chunk);
      merged.merge(part);
    }
    expect(merged.finish()).toEqual(whole);
  });

  it('goes on after finish, to rounding', async () => {
    const accumulator = create();
    accumulator.add(chunks[0]);
    accumulator.finish();
    for (const chunk of chunks.slice(1)) accumulator.add(chunk);
    const { wCompact, dirtyImage } = await accumulate(create(), chunks);
    const sums = accumulator.finish();
    sums.wCompact.data.forEach((value, i) => {
      expect(Math.abs(value - wCompact.data[i])).toBeLessThan(1e-14 * wCompact.data[gridSize - 1]);
    });
    sums.dirtyImage.data.forEach((value, i) => {
      expect(Math.abs(value - dirtyImage.data[i])).toBeLessThan(1e-14 * wCompact.data[gridSize - 1]);
    });
  });

  it('skips and counts flagged visibilities', () => {
    const kept = create();
    kept.add(chunkOf('a', 150));
    const flagged = create();
    const [first, second] = [chunkOf('x', 3), chunkOf('a', 150)];
    const both = (of: (chunk: VisibilityChunk) => Float64Array) => [...of(first), ...of(second)];
    flagged.add(
      withFlags(
        {
          data: complex(both(({ data }) => data.data)),
          noiseMap: complex(both(({ noiseMap }) => noiseMap.data)),
          uvWavelengths: real(
            both(({ uvWavelengths }) => uvWavelengths.data),
            [153, 2],
          ),
        },
        [0, 1, 2],
      ),
    );
    expect(flagged.finish()).toEqual({ ...kept.finish(), flaggedCount: 3 });
  });

  it('reports progress, takes async iterables and can be aborted', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    async function* stream() {
      for (const chunk of chunks) yield chunk;
    }
    await accumulate(create(), stream(), { onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([150, 151, 151, 400]);
    const aborted = accumulate(create(), stream(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(aborted).rejects.toSatisfy((error: unknown) => isWtildeError(error, 'Aborted'));
  });

  it('falls back to direct sums where the grid lies on no lattice', async () => {
    const moved = Float64Array.from(spec.gridRadiansSlim.data);
    moved[10] += 1e-9;
    const gridRadiansSlim = real(moved, spec.gridRadiansSlim.shape);
    const sums = await accumulate(create({ gridRadiansSlim }), chunks);
    const kernels = createReferenceBackend().kernels;
    const expected = await accumulate(createKernelAccumulator(kernels, { ...spec, gridRadiansSlim }), chunks);
    sums.dirtyImage.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.dirtyImage.data[i], 9);
    });
  });

  it('refuses chunks and partners that do not fit', () => {
    const good = chunkOf('a', 5);
    const codeOf = (act: () => void) => {
      try {
        act();
      } catch (error) {
        return isWtildeError(error) ? error.code : error;
      }
      return 'nothing';
    };
    const nan = complex(good.data.data.map((value, i) => (i === 3 ? Number.NaN : value)));
    const zero = complex(good.noiseMap.data.map((value, i) => (i === 4 ? 0 : value)));
    expect(codeOf(() => create().add({ ...good, data: nan }))).toBe('InvalidValue');
    expect(codeOf(() => create().add({ ...good, noiseMap: zero }))).toBe('InvalidValue');
    expect(codeOf(() => create().add({ ...good, noiseMap: complex([1, 1]) }))).toBe('ShapeMismatch');
    expect(codeOf(() => create().merge(create({ tolerance: 1e-3 })))).toBe('InvalidValue');
    const other = createKernelAccumulator(createReferenceBackend().kernels, spec);
    expect(codeOf(() => create().merge(other))).toBe('InvalidValue');
  });
});

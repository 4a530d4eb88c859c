import { beforeAll, describe, expect, it } from 'vitest';
import { readResults, readScience, runScience, type Science, scienceText } from '../src/index.js';

describe('a run at sizes for tests', () => {
  let science: Science;
  const told: number[] = [];

  beforeAll(async () => {
    science = await runScience({ sizes: 'test', onProgress: (_what, done) => told.push(done) });
  });

  it('measures evidences, and gradients where the mesh has them', () => {
    const [natural, barycentric] = science.fits;
    expect(natural).toMatchObject({ imagePixels: 80, interpolation: 'natural', backend: 'wasm' });
    expect(barycentric).toMatchObject({ imagePixels: 80, interpolation: 'barycentric', backend: 'loops' });
    expect(natural.sourcePixels).toBeGreaterThan(10);
    expect(natural.entries).toBeGreaterThan(barycentric.entries);
    expect(barycentric.entries).toBeLessThanOrEqual(3);
    expect(natural.evidenceAndGradient).toBeGreaterThan(0);
    expect(barycentric).not.toHaveProperty('evidenceAndGradient');
    for (const { first, evidence, peakBytes } of science.fits) {
      expect(Math.min(first, evidence)).toBeGreaterThan(0);
      expect(peakBytes).toBeGreaterThan(2e7);
    }
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('measures sums, and kernels by the names of those who publish them', () => {
    expect(science.sums).toMatchObject([{ side: 10, visibilities: 1000, threads: 1, ms: expect.any(Number) }]);
    const rows = science.kernels.map(({ backend, threads, name }) => `${backend} ${threads}: ${name}`);
    expect(rows).toEqual(
      ['loops 1', 'wasm 1', 'wasm 0'].flatMap((engine) =>
        ['w_compact N=10 K=1e3 1e-9', 'Cholesky S=20', 'matrix products M=S=12'].map((name) => `${engine}: ${name}`),
      ),
    );
  });

  it('is told, and read again, and is not taken for another run', () => {
    const text = scienceText(science);
    expect(text).toContain('| A | 80 | ');
    expect(text).toContain('Cholesky S=20');
    const file = JSON.stringify(science);
    expect(readScience(file, 'science.json')).toEqual(science);
    expect(() => readResults(file, 'science.json')).toThrow(/no benchmark results/);
    expect(() => readScience('{"schema":1,"rows":[],"memory":[]}', 'results.json')).toThrow(/no benchmark results/);
  });
});

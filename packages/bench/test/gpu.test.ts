import { isWtildeError } from '@wtilde/core-types';
import { expect, it } from 'vitest';
import { create } from 'webgpu';
import { measureGpu } from '../scripts/gpu/measureGpu.ts';
import { gpuProblem } from '../scripts/gpu/problem.ts';
import { adapterName, gpuMarkdown } from '../scripts/gpu/report.ts';

const tiny = { name: 'tiny', M: 120, S: 30, K: 50 };

it('a problem has as many pixels as were asked for, in a disc, and a partition of one for each', () => {
  const { N, nativeIndexForSlimIndex, mapping } = gpuProblem({ name: 'C', M: 7000, S: 150, K: 10 });
  expect(nativeIndexForSlimIndex.shape).toEqual([7000, 2]);
  expect(
    new Set(Array.from({ length: 7000 }, (_, i) => nativeIndexForSlimIndex.data.slice(2 * i, 2 * i + 2).join())),
  ).toHaveProperty('size', 7000);
  expect(Math.abs((Math.PI / 4) * N ** 2 - 7000)).toBeLessThan(300);
  const { data } = mapping.pixWeightsForSubSlimIndex;
  for (let i = 0; i < 7000; i += 501) {
    expect(data.slice(4 * i, 4 * i + 4).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  }
});

it('a GPU, or a software driver, is measured and told of', async ({ skip }) => {
  const report = await measureGpu(create([]), {
    sizes: [tiny],
    suite: false,
    seconds: 600,
    secondsPerCall: 600,
    only: (what, method) => method === 'convolution' && !what.startsWith('wCompact'),
  }).catch((error: unknown) => {
    if (!isWtildeError(error, 'BackendUnavailable')) throw error;
    if ((process.env.WTILDE_REQUIRE ?? '').split(',').includes('webgpu')) throw error;
    return error.message;
  });
  if (typeof report === 'string') return skip(report);
  expect(report.skipped).toEqual([]);
  expect(report.rows.map(({ what }) => what)).toEqual([
    'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
    'evidenceDerivativesByMappingViaWCompactFrom',
    'four F by runMany',
  ]);
  const [F, , four] = report.rows;
  expect(F.error).toBeLessThan(2e-5);
  expect(four.flops).toBe(4 * F.flops);
  for (const row of report.rows) {
    expect(row.wall).toBeGreaterThan(0);
    expect(row.calls).toBeGreaterThan(0);
    // Timestamps come pass by pass.
    expect(row.gpu === undefined).toBe(!report.timestamps);
    expect(row.passes.map(({ program }) => program)).toEqual(
      report.timestamps ? expect.arrayContaining(['product with a half table']) : [],
    );
  }
  expect(report.ceilings.flopsPerSecond).toBeGreaterThan(1e6);
  expect(report.ceilings.bytesPerSecond).toBeGreaterThan(1e6);
  expect(adapterName(report.adapter)).toMatch(/^[a-z0-9-]+$/);
  const page = gpuMarkdown(report);
  expect(page).toContain('| curvatureMatrixViaWCompactSparseMappingMatrixFrom | convolution |');
  expect(page).toContain(`M = ${tiny.M}, S = ${tiny.S}`);
});

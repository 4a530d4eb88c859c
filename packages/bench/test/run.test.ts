import { defineSyncBackend, isWtildeError, real } from '@wtilde/core-types';
import { smaLike } from '@wtilde/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareResults, comparisonText } from '../src/compare.js';
import { growthsOf } from '../src/groups.js';
import { htmlOf } from '../src/html.js';
import { markdownOf } from '../src/markdown.js';
import { measure } from '../src/measure.js';
import { readResults } from '../src/read.js';
import type { Results } from '../src/results.js';
import { runBenchmarks } from '../src/run.js';
import { verdictsOf, verdictText } from '../src/verdict.js';

describe('a run of two backends', () => {
  let results: Results;
  const told: number[] = [];

  beforeAll(async () => {
    results = await runBenchmarks({
      preset: 'test',
      backends: ['loops', 'wasm'],
      filter: 'wCompactCurvature',
      scaling: true,
      onProgress: (_what, done) => told.push(done),
    });
  });

  it('measures every method on every dataset, validated', () => {
    const methods = new Set(results.rows.map(({ backend, method }) => `${backend}: ${method}`));
    expect([...methods]).toEqual(
      expect.arrayContaining(['loops: factorised', 'loops: nufft', 'loops: direct', 'wasm: factorised']),
    );
    for (const { method, samples, first, agreement, cost } of results.rows) {
      expect(samples.length).toBeGreaterThanOrEqual(4);
      expect(first).toBeGreaterThan(0);
      expect(agreement?.error).toBeLessThanOrEqual(agreement?.allowed ?? 0);
      expect(cost?.bytes).toBeGreaterThan(0);
      // Nobody counts the operations of a non-uniform FFT.
      if (method === 'nufft') expect(cost?.flops).toBeUndefined();
      else expect(cost?.flops).toBeGreaterThan(0);
    }
    for (const facts of results.backends) expect(facts).toMatchObject({ peakBytes: expect.any(Number) });
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('shows how cost grows in one size at a time', () => {
    const growth = growthsOf(results).find(
      ({ backend, method, symbol }) => backend === 'loops' && method === 'direct' && symbol === 'K',
    );
    expect(growth?.points.map(([size]) => size)).toEqual([50, 100]);
  });

  it('shows the memory of sums over chunks, of backends that have them', () => {
    const found = results.memory.map(({ backend, visibilities }) => [backend, visibilities]);
    expect(found).toEqual(['loops', 'wasm'].flatMap((id) => [1e3, 2e3].map((count) => [id, count])));
    for (const { peakBytes } of results.memory) expect(peakBytes).toBeGreaterThan(2e7);
    expect(markdownOf(results)).toContain('## Memory against visibilities');
  });

  it('is told in Markdown and on a page without a network', () => {
    expect(markdownOf(results)).toMatch(/\| loops: factorised \| [\d.e-]+ \| [\d.]+ \|/);
    const [nufft = ''] = markdownOf(results).match(/\| loops: nufft .*/) ?? [];
    expect(nufft.split(' | ').at(10)).toBe('-');
    const page = htmlOf(results);
    expect(page.match(/<svg/g)?.length).toBeGreaterThan(5);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|NaN|undefined/);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(8);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
    // Verdict and contents come first, and no exponent comes without its uncertainty.
    expect(page.indexOf('comparisons that it takes part in')).toBeLessThan(page.indexOf('<nav'));
    expect(page.indexOf('<nav')).toBeLessThan(page.indexOf('<svg'));
    expect(page.match(/exponent -?[\d.]+/g)?.length).toBe(page.match(/exponent -?[\d.]+ ± [\d.]+/g)?.length);
  });

  it('the verdict counts what was compared', () => {
    const [first, second] = verdictsOf(results);
    expect(first.fastest).toBeGreaterThanOrEqual(second.fastest);
    expect(first.fastest + second.fastest).toBe(first.groups);
    expect(Math.min(first.ratio, second.ratio)).toBeGreaterThanOrEqual(1);
    const rows = results.rows.map((row) => ({ ...row, agreement: { error: 2, allowed: 1 } }));
    expect(verdictText({ ...results, rows })).toContain(`${rows.length} of ${rows.length} results are less exact`);
  });

  it('reads back, and compares with itself as no different', () => {
    const again = readResults(JSON.stringify(results), 'results.json');
    const compared = compareResults(results, again);
    expect(new Set(compared.rows.map(({ verdict }) => verdict))).toEqual(new Set(['no difference']));
    expect(compared.unmatched).toEqual([]);
    expect(comparisonText(compared)).toContain('0 faster, 0 slower');
  });

  it('a run three times as slow is told as slower', () => {
    // Times of a machine that nobody disturbs: those measured here tell what else it had to do.
    const taking = (...samples: number[]) => ({ ...results, rows: results.rows.map((row) => ({ ...row, samples })) });
    const { rows } = compareResults(taking(10, 11, 12, 10, 11), taking(30, 33, 36, 30, 33));
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['slower']));
  });
});

it('a wrong result is an error, not a time', async () => {
  const wrong = defineSyncBackend({
    id: 'wrong',
    precision: 'float64',
    info: { summary: 'wrong', deviceMemory: false },
    implementations: {
      dataVectorFrom: {
        methods: { ones: { cost: () => ({ flops: 1, bytes: 1 }), run: () => real([1, 1, 1, 1, 1]) } },
      },
    },
  });
  const dataset = { name: 'small', doc: 'simulated', fields: smaLike({ N: 6, K: 20, S: 5 }) };
  const measured = measure(wrong, { datasets: [dataset], filter: 'dataVectorFrom', time: 1 });
  await expect(measured).rejects.toSatisfy((error) => isWtildeError(error, 'NumericalFailure'));
});

it('refuses an unknown backend, and stops when aborted', async () => {
  await expect(runBenchmarks({ backends: ['lops'] })).rejects.toMatchObject({ code: 'UnknownBackend' });
  const controller = new AbortController();
  const run = runBenchmarks({
    preset: 'test',
    backends: ['loops'],
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: 'Aborted' });
});

it('says what a file is not', () => {
  expect(() => readResults('{"schema": 2}', 'a.json')).toThrow(expect.objectContaining({ code: 'FileFormat' }));
  expect(() => readResults('no JSON', 'a.json')).toThrow(expect.objectContaining({ code: 'FileFormat' }));
});

import { expect, test } from 'vitest';
import { run } from '../src/index.js';
import { createProgress } from '../src/progress.js';
import { fileOf, small } from './datasets.js';
import { Capture, invoke } from './invoke.js';

test('a terminal sees the steps, and in the end nothing is left of them', async () => {
  const stdout = new Capture();
  const stderr = new Capture(true);
  const argv = ['likelihood', '--inputs', await fileOf(small), '--backend', 'loops'];
  expect(await run(argv, { stdout, stderr })).toBe(0);
  expect(stderr.text).toContain('loops: w_compact_curvature_interferometer_from ...');
  expect(stderr.text).toContain('loops: evidence_terms_from ...');
  expect(stdout.text).not.toContain('...');
});

test('no terminal, no progress', async () => {
  const { err } = await invoke('likelihood', '--inputs', await fileOf(small));
  expect(err).toBe('');
});

test('a step that reports how far it is has a bar', async () => {
  const stderr = new Capture(true);
  const progress = await createProgress({ stdout: new Capture(), stderr });
  const onProgress = progress.step('work');
  // The bar is drawn at most some times a second.
  await new Promise((resolve) => setTimeout(resolve, 300));
  onProgress(1, 2);
  progress.stop();
  expect(stderr.text).toMatch(/work .*50%/);
});

test('what takes more than a second tells its rate and the time left', async () => {
  const stderr = new Capture(true);
  const progress = await createProgress({ stdout: new Capture(), stderr });
  const onProgress = progress.step('visibilities');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  onProgress(250, 1000);
  progress.stop();
  const [, rate, left] = /25%, (\d+)\/s, (\d+) s left/.exec(stderr.text) ?? [];
  expect(Number(rate)).toBeGreaterThan(0);
  expect(Number(rate)).toBeLessThanOrEqual(228);
  expect(Number(left)).toBeGreaterThanOrEqual(4);
});

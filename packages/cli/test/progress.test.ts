import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('the bar', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a step that reports how far it is has one', async () => {
    const stderr = new Capture(true);
    const progress = await createProgress({ stdout: new Capture(), stderr });
    const onProgress = progress.step('work');
    // It is drawn at most some times a second.
    vi.advanceTimersByTime(300);
    onProgress(1, 2);
    progress.stop();
    expect(stderr.text).toMatch(/work .*50%/);
  });

  test('tells the rate and the time left of what takes more than a second', async () => {
    const stderr = new Capture(true);
    const progress = await createProgress({ stdout: new Capture(), stderr });
    const onProgress = progress.step('visibilities');
    vi.advanceTimersByTime(2000);
    onProgress(250, 1000);
    progress.stop();
    expect(stderr.text).toContain('25%, 125/s, 6 s left');
  });
});

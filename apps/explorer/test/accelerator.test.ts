import { describe, expect, it } from 'vitest';
import { type Timed, verdictOf } from '../src/engine/accelerator.js';

const exact: Timed = { evidence: { logEvidence: -1000, errorBound: 1e-9 }, ms: 10 };
const gpu = (off: number, error: number, ms: number): Timed => ({
  evidence: { logEvidence: -1000 + off, errorBound: error, errorEstimate: { error, how: 'quadratic forms' } },
  ms,
});

describe('a GPU', () => {
  it('is taken where it agrees and is faster', () => {
    const { taken, why } = verdictOf('a GPU', gpu(0.002, 0.01, 3), exact);
    expect(taken).toBe(true);
    expect(why).toContain('3.0 ms, without 10.0 ms; float32 moves it by at most 0.01, here by 0.002');
  });

  it.each([
    ['that is off by more than it tells', gpu(0.02, 0.01, 3), 'too much'],
    ['whose float32 may move odds', gpu(0.001, 0.2, 3), 'too much'],
    ['of whose error nothing is known', gpu(0, Number.POSITIVE_INFINITY, 3), 'too much'],
    ['whose evidence is no number', gpu(Number.NaN, 0.01, 3), 'too much'],
    ['that is hardly faster', gpu(0.001, 0.01, 9), 'not worth it'],
  ])('%s is not taken', (_, found, said) => {
    const { taken, why } = verdictOf('a GPU', found, exact);
    expect(taken).toBe(false);
    expect(why).toContain(said);
  });
});

import { expect, test } from 'vitest';
import { observations, uvTrackOf } from '../../src/index.js';

test('the longest baseline bounds the track, and is nearly reached', () => {
  for (const observation of Object.values(observations)) {
    const { data, shape } = uvTrackOf(observation, 3000, 2);
    expect(shape).toEqual([3000, 2]);
    const lengths = Array.from({ length: 3000 }, (_, k) => Math.hypot(data[2 * k], data[2 * k + 1]));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(observation.longestBaseline * (1 + 1e-12));
    expect(Math.max(...lengths)).toBeGreaterThan(0.5 * observation.longestBaseline);
  }
});

test('a seed is an array', () => {
  const track = (seed: number) => uvTrackOf(observations.sma, 100, seed);
  expect(track(1)).toEqual(track(1));
  expect(track(2)).not.toEqual(track(1));
});

test.each([0, -1, 1.5, Number.NaN])('%s visibilities', (count) => {
  expect(() => uvTrackOf(observations.sma, count)).toThrow(/number of visibilities/);
});

import { describe, expect, test } from 'vitest';
import { type Observation, uvTrack } from '../../src/generate/antennas.js';
import { createRandom } from '../../src/index.js';

const observation: Observation = {
  antennas: 6,
  longestBaseline: 1e6,
  latitude: 0.4,
  declination: -0.3,
  hourAngle: 0.7,
};
const pairs = 15;

function track(changes: Partial<Observation>, count: number): [number, number][] {
  const at = uvTrack({ ...observation, ...changes }, count, createRandom('antennas'));
  return Array.from({ length: count }, (_, k) => {
    const uv = new Float64Array(4);
    at(k, uv, 2);
    return [uv[2], uv[3]];
  });
}

describe('uv coverage by Earth rotation', () => {
  test('at the zenith, u and v are the baselines on the ground', () => {
    const overhead = track({ declination: observation.latitude, hourAngle: 0 }, pairs);
    const longest = Math.max(...overhead.map(([u, v]) => Math.hypot(u, v)));
    // The antennas differ in height by up to 1 % of the size of the array.
    expect(longest).toBeLessThanOrEqual(1e6);
    expect(longest).toBeGreaterThan(0.999e6);
  });

  test('towards the pole, every baseline runs on a circle', () => {
    const polar = track({ declination: Math.PI / 2, hourAngle: 1.5 }, 5 * pairs);
    for (let k = pairs; k < polar.length; k++) {
      const before = polar[k - pairs];
      expect(Math.hypot(...polar[k]) / Math.hypot(...before)).toBeCloseTo(1, 12);
      // Evenly spaced hour angles from -1.5 to 1.5: 3/5 apart.
      const cross = polar[k][0] * before[1] - polar[k][1] * before[0];
      const dot = polar[k][0] * before[0] + polar[k][1] * before[1];
      expect(Math.abs(Math.atan2(cross, dot))).toBeCloseTo(0.6, 12);
    }
  });

  test('at declination 0, v does not change with time', () => {
    const equatorial = track({ declination: 0 }, 3 * pairs);
    for (let k = pairs; k < equatorial.length; k++) {
      expect(equatorial[k][1]).toBeCloseTo(equatorial[k - pairs][1], 6);
    }
  });

  test('in general, every baseline runs on the ellipse of its declination', () => {
    // u^2 + ((v - Z cos d) / sin d)^2 = X^2 + Y^2: three times fix it, the others lie on it.
    const d = observation.declination;
    const points = track({}, 5 * pairs);
    for (let pair = 0; pair < pairs; pair++) {
      const own = points.filter((_, k) => k % pairs === pair);
      // With q = v / sin d: u^2 + q^2 - 2 q c = constant, c = Z cos d / sin d.
      const q = own.map(([, v]) => v / Math.sin(d));
      const s = own.map(([u], i) => u ** 2 + q[i] ** 2);
      const c = (s[1] - s[0]) / (2 * (q[1] - q[0]));
      const constant = s[0] - 2 * q[0] * c;
      for (let i = 2; i < own.length; i++) {
        expect((s[i] - 2 * q[i] * c) / constant).toBeCloseTo(1, 6);
      }
    }
  });

  test('the last time may be incomplete', () => {
    expect(track({}, 2 * pairs + 1).slice(0, 3)).not.toEqual(track({}, 2 * pairs).slice(0, 3));
    expect(track({}, 2 * pairs + 1).slice(0, 3)).toEqual(track({}, 3 * pairs).slice(0, 3));
  });

  test('another seed places the antennas elsewhere', () => {
    const other = uvTrack(observation, 1, createRandom('others'));
    const uv = new Float64Array(2);
    other(0, uv, 0);
    expect([...uv]).not.toEqual(track({}, 1)[0]);
  });
});

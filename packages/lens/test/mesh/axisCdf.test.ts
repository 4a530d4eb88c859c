import { describe, expect, test } from 'vitest';
import { normalShare } from '../../src/functions/normal.js';
import { kernelCdf, rankCdf } from '../../src/mesh/axisCdf.js';

const points = Float64Array.from({ length: 60 }, (_, at) => Math.sin(7 * at + 1) + 0.3 * Math.cos(at * at));
const weights = Float64Array.from({ length: 60 }, (_, at) => 1.2 + Math.sin(at));

test('the normal share, from tables of it', () => {
  const share = normalShare();
  // In 20 digits.
  for (const [t, expected] of [
    [0, 0.5],
    [0.3, 0.6179114221889526],
    [-1.7, 0.044565462758543],
    [4, 0.9999683287581669],
    [-8.5, 9.479534822203318e-18],
    [12, 1],
    [-30, 0],
  ]) {
    expect(Math.abs(share(t) - expected), `${t}`).toBeLessThan(4e-15);
  }
});

describe.each([undefined, weights])('the smooth share, weights %#', (weighted) => {
  const cdf = kernelCdf(points, 12, { bandwidth: 1, weights: weighted });

  test('is the rescaled sum, rises from 0 to 1, and its inverse undoes it', () => {
    const [low, high] = [Math.min(...points), Math.max(...points)];
    const width = (high - low) / 12;
    const share = normalShare();
    const total = (weighted ?? points.map(() => 1)).reduce((sum, each) => sum + each, 0);
    const raw = (x: number) =>
      points.reduce((sum, each, at) => sum + ((weighted?.[at] ?? 1) / total) * share((x - each) / width), 0);
    let before = -1;
    for (let x = low; x <= high; x += (high - low) / 97) {
      const expected = (raw(x) - raw(low)) / (raw(high) - raw(low));
      expect(Math.abs(cdf.at(x) - expected)).toBeLessThan(1e-13);
      expect(cdf.at(x)).toBeGreaterThan(before);
      before = cdf.at(x);
      expect(Math.abs(cdf.inverse(cdf.at(x)) - x)).toBeLessThan(1e-9);
    }
    expect([cdf.at(low - 1), cdf.at(low), cdf.at(high), cdf.at(high + 1)].map((each) => Math.round(each))).toEqual([
      0, 0, 1, 1,
    ]);
  });

  test('its derivatives by every point, those that are furthest out among them', () => {
    const gains = points.map((_, at) => Math.cos(3 * at));
    const pulled = cdf.pull(gains);
    points.forEach((_, moved) => {
      const along = (step: number) => {
        const shifted = points.slice();
        shifted[moved] += step;
        const other = kernelCdf(shifted, 12, { bandwidth: 1, weights: weighted });
        return shifted.reduce((sum, each, at) => sum + gains[at] * other.at(each), 0);
      };
      const difference = (along(1e-5) - along(-1e-5)) / 2e-5;
      expect(Math.abs(pulled[moved] - difference), `${moved}`).toBeLessThan(3e-8 * (1 + Math.abs(difference)));
    });
  });
});

describe('the share by ranks', () => {
  test('counts points up to and with one, in any order', () => {
    const cdf = rankCdf(Float64Array.of(3, 1, 2));
    expect([0.5, 1, 1.5, 2, 3, 4].map(cdf.at)).toEqual([0, 0.25, 0.375, 0.5, 0.75, 1]);
    expect([0.1, 0.25, 0.375, 0.75, 0.9].map(cdf.inverse)).toEqual([1, 1, 1.5, 3, 3]);
  });

  test('or their weights; points at one place count together', () => {
    const cdf = rankCdf(Float64Array.of(3, 1, 1), Float64Array.of(0.5, 0.2, 0.3));
    expect(cdf.at(1)).toBeCloseTo(0.5, 15);
    expect(cdf.at(3)).toBeCloseTo(1, 15);
  });
});

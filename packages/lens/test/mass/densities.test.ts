import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { convergenceFrom, deflectionsFrom, type MassProfile, potentialFrom } from '../../src/index.js';

/** Deflections and potentials of profiles made of a radial density, which densities.py and gnfw.py integrated. */
interface Densities {
  readonly rows: readonly {
    readonly profile: MassProfile;
    readonly points: readonly (readonly [number, number])[];
    readonly deflections: readonly (readonly [number, number])[];
    readonly potentials: readonly (number | null)[];
  }[];
}

const rows = ['densities.json', 'gnfw.json'].flatMap((file) => {
  const found: Densities = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  return found.rows;
});

describe.each(rows.map((row) => [JSON.stringify(row.profile), row] as const))(
  '%s',
  (_name, { profile, points, deflections, potentials }) => {
    const grid = real(points.flat(), [points.length, 2]);

    test('deflections and potential are those of 28 digits', () => {
      const { data } = deflectionsFrom(profile, grid);
      const psi = potentialFrom(profile, grid).data;
      deflections.forEach(([y, x], at) => {
        const error = Math.hypot(data[2 * at] - y, data[2 * at + 1] - x) / Math.hypot(y, x);
        expect(error, `deflection at ${points[at]}`).toBeLessThan(1e-11);
        const potential = potentials[at];
        if (potential !== null)
          expect(Math.abs(psi[at] / potential - 1), `potential at ${points[at]}`).toBeLessThan(1e-11);
      });
    });

    test('the convergence is half the divergence of the deflection', () => {
      const h = 1e-4 * Math.hypot(points[0][0] - (profile.centre?.[0] ?? 0), points[0][1] - (profile.centre?.[1] ?? 0));
      const along = (lane: 0 | 1, step: number) => {
        const [y, x] = points[0];
        return deflectionsFrom(profile, real(lane === 0 ? [y + step, x] : [y, x + step], [1, 2])).data[lane];
      };
      // Of fourth order.
      const slope = (lane: 0 | 1) =>
        (8 * (along(lane, h) - along(lane, -h)) - (along(lane, 2 * h) - along(lane, -2 * h))) / (12 * h);
      const [kappa] = convergenceFrom(profile, real([...points[0]], [1, 2])).data;
      const half = (slope(0) + slope(1)) / 2;
      expect(Math.abs(half - kappa)).toBeLessThan(1e-6 * (Math.abs(kappa) + Math.abs(slope(0)) + Math.abs(slope(1))));
    });
  },
);

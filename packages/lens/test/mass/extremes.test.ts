import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { deflectionsFrom, type MassProfile, parseLensModel, potentialFrom } from '../../src/index.js';

/** Profiles at the edges of their domains, with values that extremes.py integrated in 30 digits. */
interface Extreme {
  readonly profile: MassProfile;
  readonly points: readonly (readonly [number, number])[];
  readonly 'deflections and potential': readonly (readonly [number, number, number])[];
}

const rows: readonly Extreme[] = JSON.parse(readFileSync(new URL('extremes.json', import.meta.url), 'utf8'));

describe.each(rows.map((row) => [JSON.stringify(row.profile), row] as const))('%s', (_name, row) => {
  const grid = real(row.points.flat(), [row.points.length, 2]);
  const truths = row['deflections and potential'];

  test('deflections and potential are those of 30 digits', () => {
    expect(parseLensModel({ mass: [row.profile] }).mass).toEqual([row.profile]);
    const { data } = deflectionsFrom(row.profile, grid);
    const potential = potentialFrom(row.profile, grid).data;
    truths.forEach(([y, x, psi], at) => {
      const error = Math.hypot(data[2 * at] - y, data[2 * at + 1] - x) / Math.hypot(y, x);
      expect(error, `deflection at ${row.points[at]}`).toBeLessThan(1e-10);
      expect(Math.abs(potential[at] / psi - 1), `potential at ${row.points[at]}`).toBeLessThan(1e-10);
    });
  });
});

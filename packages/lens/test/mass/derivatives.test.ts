import { readFileSync } from 'node:fs';
import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { lensGradient, type MassProfile, massKinds, parametersOf } from '../../src/index.js';

/**
 * Derivatives of deflections over the domain of every profile, which derivatives.py made in 45 digits, densities.py in 28
 * for those that are integrals of a density, and gnfw.py in 30 for the one whose density is an integral itself.
 */
interface Derivatives {
  readonly rows: readonly {
    readonly profile: MassProfile;
    readonly points: readonly (readonly [number, number])[];
    /** By parameter, of the deflection (y, x) at each point. */
    readonly derivatives: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  }[];
}

const rows = [
  ['derivatives.json', 1e-10],
  // Of densities that end, those by the ellipse are small differences far out.
  ['densities.json', 1e-9],
  ['gnfw.json', 1e-9],
].flatMap(([file, within]) => {
  const found: Derivatives = JSON.parse(readFileSync(new URL(`${file}`, import.meta.url), 'utf8'));
  return found.rows.filter((row) => 'derivatives' in row).map((row) => ({ ...row, within: Number(within) }));
});

/** What rounding leaves of a derivative that is 0, as a part of the largest one. */
const nothing = 1e-13;

test('every kind and every parameter is among them', () => {
  expect(new Set(rows.map(({ profile }) => profile.type))).toEqual(new Set(Object.keys(massKinds)));
  for (const { profile, derivatives } of rows) {
    const paths = parametersOf(profile).map(({ path }) => path.replace('mass.0.', ''));
    expect(Object.keys(derivatives).toSorted()).toEqual(paths.toSorted());
  }
});

describe.each(rows.map((row) => [JSON.stringify(row.profile), row] as const))(
  '%s',
  (_name, { profile, points, derivatives, within }) => {
    test('every derivative is that of many digits', () => {
      points.forEach((point, at) => {
        const by = (y: number, x: number) => lensGradient(profile, real([...point], [1, 2]), real([-y, -x], [1, 2]));
        const [ofY, ofX] = [by(1, 0), by(0, 1)];
        const sizes = Object.values(derivatives).map((each) => Math.hypot(...each[at]));
        const rounding = nothing * Math.max(...sizes);
        for (const [name, expected] of Object.entries(derivatives)) {
          const [y, x] = expected[at];
          const path = `mass.0.${name}`;
          const error = Math.hypot(ofY.parameters[path] - y, ofX.parameters[path] - x);
          expect(error, `${name} at ${point}`).toBeLessThan(within * Math.hypot(y, x) + rounding);
        }
        // A deflection depends on where the point is from the centre; its source also moves with the point.
        expect(ofY.grid.data[0]).toBeCloseTo(-1 - ofY.parameters['mass.0.centre.0'], 12);
        expect(ofX.grid.data[1]).toBeCloseTo(-1 - ofX.parameters['mass.0.centre.1'], 12);
        expect(ofY.grid.data[1] + ofY.parameters['mass.0.centre.1']).toBeCloseTo(0, 12);
        expect(ofX.grid.data[0] + ofX.parameters['mass.0.centre.0']).toBeCloseTo(0, 12);
      });
    });
  },
);

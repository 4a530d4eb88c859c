import { real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { deflectionsFrom, lensGradient, type MassProfile, potentialFrom } from '../../src/index.js';

/** Beside a centre, around it and far out. */
const grid = real([0.4, 0.7, -0.02, 1.3, 0.9, 0.001, 1.1, -0.2, 0.1 + 2e-6, -0.2 + 1e-5, -250, 400], [6, 2]);
const ratios = [1, 0.9999999, 0.7, 0.1, 0.02, 0.0001];
const place = { centre: [0.1, -0.2], angle: 35 } as const;

/** Profiles that are another one at the edge of their domain, which is known in closed form or to 30 digits. */
const pairs: readonly (readonly [string, (axisRatio: number) => readonly [MassProfile, MassProfile]])[] = [
  ...[1e-6, 0.3, 1e5].map(
    (coreRadius) =>
      [
        `a core of ${coreRadius} of an isothermal power law`,
        (axisRatio: number) => {
          const same = { ...place, axisRatio, einsteinRadius: 1.5, coreRadius } as const;
          return [
            { type: 'PowerLawCore', slope: 2, ...same },
            { type: 'Isothermal', ...same },
          ] as const;
        },
      ] as const,
  ),
  ...[1.01, 1.5, 2.1, 2.9].flatMap((slope) =>
    [1e-6, 0.5, 2000].map(
      (breakRadius) =>
        [
          `a power law of slope ${slope} broken at ${breakRadius} into the same slope`,
          (axisRatio: number) => {
            const t = slope - 1;
            const broken = {
              ...place,
              axisRatio,
              innerSlope: t,
              outerSlope: t,
              breakRadius,
              einsteinRadius: 1.5,
            } as const;
            // kappa = (2-t) / 2 (sqrt(q) b / (q r))^t against (2-t) / (1+q) (b' / r)^t.
            const einsteinRadius = ((1 + axisRatio) / 2) ** (1 / t) * (1.5 / Math.sqrt(axisRatio));
            return [
              { type: 'PowerLawBroken', ...broken },
              { type: 'PowerLaw', ...place, axisRatio, slope, einsteinRadius },
            ] as const;
          },
        ] as const,
    ),
  ),
  ...[1e-6, 0.5, 1e5].map(
    (scaleRadius) =>
      [
        `a generalised halo of scale radius ${scaleRadius} and inner slope 1`,
        (axisRatio: number) => {
          const same = { ...place, axisRatio, kappaS: 0.25, scaleRadius } as const;
          return [
            { type: 'GNFW', innerSlope: 1, ...same },
            { type: 'NFW', ...same },
          ] as const;
        },
      ] as const,
  ),
  [
    'a dual isothermal profile without truncation',
    (axisRatio: number) => {
      // Twice the strength over (1+q); what rs takes away is b0 r / rs.
      const dual = { ...place, axisRatio, b0: 1.5, ra: 0.1, rs: 1.2e6 } as const;
      const core = { einsteinRadius: 1.5, coreRadius: 0.2 / (1 + axisRatio) } as const;
      return [
        { type: 'DPIE', ...dual },
        { type: 'Isothermal', ...place, axisRatio, ...core },
      ] as const;
    },
  ],
];

describe.each(pairs)('%s', (name, pairOf) => {
  const within = name.includes('without truncation') ? 3e-3 : 1e-10;

  test.each(ratios)('axis ratio %d', (axisRatio) => {
    // The thinnest one reaches out to where it is truncated.
    if (within > 1e-3 && axisRatio < 0.01) return;
    const [given, known] = pairOf(axisRatio);
    const ours = deflectionsFrom(given, grid).data;
    const theirs = deflectionsFrom(known, grid).data;
    const psi = potentialFrom(given, grid).data;
    const known0 = potentialFrom(known, grid).data;
    for (let at = 0; at < grid.shape[0]; at++) {
      const error = Math.hypot(ours[2 * at] - theirs[2 * at], ours[2 * at + 1] - theirs[2 * at + 1]);
      expect(error / Math.hypot(theirs[2 * at], theirs[2 * at + 1]), `deflection ${at}`).toBeLessThan(within);
      if (within < 1e-3) expect(Math.abs(psi[at] / known0[at] - 1), `potential ${at}`).toBeLessThan(10 * within);
    }
    const along = real(
      grid.data.map((_, lane) => Math.cos(3 * lane)),
      grid.shape,
    );
    const [one, other] = [given, known].map((profile) => lensGradient(profile, grid, along));
    for (const path of Object.keys(one.parameters).filter((each) =>
      /centre|axisRatio|angle|coreRadius|kappaS|scaleRadius/.test(each),
    )) {
      if (name.includes('broken') && path.includes('axisRatio')) continue;
      if (within < 1e-3)
        expect(Math.abs(one.parameters[path] - other.parameters[path]), path).toBeLessThan(
          1e-9 * Math.max(...Object.values(other.parameters).map(Math.abs)),
        );
    }
  });
});

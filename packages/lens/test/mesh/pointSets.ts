import { type NdArray, real } from '@wtilde/core-types';
import fc from 'fast-check';

/** Vertices as places; those of {@link pointSets} are multiples of 2^-40, so that integers decide about them exactly. */
export type Places = readonly (readonly [number, number])[];

export function gridOf(places: Places): NdArray<'real'> {
  return real(places.flat(), [places.length, 2]);
}

const lattice = 2 ** 40;
/** Without the negative zero, which is another key than zero. */
const snapped = (value: number): number => Math.round(value * lattice) / lattice + 0;
const snap = (places: Places): Places => places.map(([y, x]) => [snapped(y), snapped(x)] as const);

const unit = fc.double({ min: -1, max: 1, noNaN: true });

/** Places apart by 2^-16 or more. */
const coarse = fc.integer({ min: -(2 ** 16), max: 2 ** 16 }).map((steps) => steps / 2 ** 16);

const anywhere = fc.array(fc.tuple(coarse, coarse), { minLength: 3, maxLength: 60 });

/** Few places, so that many vertices coincide, lie on one line or on one circle. */
const crowded = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { minLength: 3, maxLength: 40 }),
    fc.double({ min: 0.1, max: 1, noNaN: true }),
  )
  .map(([cells, scale]) => cells.map(([y, x]) => [y * scale, x * scale] as const));

/** A turned grid: lines and circles that rounding disturbs. */
const turnedGrid = fc
  .tuple(fc.double({ min: 0, max: 7, noNaN: true }), fc.integer({ min: 2, max: 8 }))
  .map(([angle, side]) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return Array.from({ length: side * side }, (_, at) => {
      const [y, x] = [Math.floor(at / side) / 10, (at % side) / 10];
      return [c * y - s * x, s * y + c * x] as const;
    });
  });

const onCircle = fc.tuple(fc.integer({ min: 3, max: 40 }), unit, fc.boolean()).map(([count, phase, withCentre]) => {
  const rim = Array.from({ length: count }, (_, at) => {
    const angle = phase + (2 * Math.PI * at) / count;
    return [Math.sin(angle), Math.cos(angle)] as const;
  });
  return withCentre ? [[0, 0] as const, ...rim] : rim;
});

/** What an isothermal sphere makes of an overlay mesh: its Einstein ring falls on one place. */
const traced = fc
  .tuple(fc.integer({ min: 3, max: 8 }), fc.constantFrom(0.5, 1, Math.SQRT1_2, 0.83))
  .map(([side, radius]) =>
    Array.from({ length: side * side }, (_, at) => {
      const [y, x] = [Math.floor(at / side) - (side - 1) / 2, (at % side) - (side - 1) / 2];
      const distance = Math.hypot(y, x);
      return distance === 0 ? ([0, 0] as const) : ([y - (radius * y) / distance, x - (radius * x) / distance] as const);
    }),
  );

/** Every kind of vertices that a lens may make of a mesh, and some that none does. */
export const pointSets: fc.Arbitrary<Places> = fc.oneof(anywhere, crowded, turnedGrid, onCircle, traced).map(snap);

/** The places in another order, and where each of them was. */
export function shuffled(places: Places): fc.Arbitrary<{ readonly places: Places; readonly from: readonly number[] }> {
  const order = places.map((_, at) => at);
  return fc
    .shuffledSubarray(order, { minLength: order.length, maxLength: order.length })
    .map((from) => ({ places: from.map((at) => places[at]), from }));
}

/** Integers that decide exactly about multiples of 2^-40. */
export function exactly([y, x]: readonly [number, number]): readonly [bigint, bigint] {
  return [BigInt(y * lattice), BigInt(x * lattice)];
}

type Exact = readonly [bigint, bigint];

/** Twice the area of a triangle in units of 2^-80, positive where it is counter-clockwise with x right and y up. */
export function twiceArea([ay, ax]: Exact, [by, bx]: Exact, [cy, cx]: Exact): bigint {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** Positive where d lies inside the circle through a counter-clockwise triangle. */
export function insideCircle(a: Exact, b: Exact, c: Exact, d: Exact): bigint {
  const lifted = ([py, px]: Exact) => {
    const [y, x] = [py - d[0], px - d[1]];
    return { y, x, z: y * y + x * x };
  };
  const [p, q, r] = [lifted(a), lifted(b), lifted(c)];
  return p.x * (q.y * r.z - q.z * r.y) - p.y * (q.x * r.z - q.z * r.x) + p.z * (q.x * r.y - q.y * r.x);
}

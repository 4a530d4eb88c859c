import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber, isWithin } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { localLensOf } from '../mass/localLens.js';
import { type Masses, placed } from '../mass/placed.js';

/** Where critical curves are looked for, and how finely. */
export interface CurveRegion {
  /**
   * (left, right, bottom, top), that is x from, x to, y from, y to, in arcsec of the image plane. By default a square
   * that holds every curve: it is doubled until the lens is weak all along its rim.
   */
  readonly extent?: readonly [number, number, number, number] | undefined;
  /** Rows and columns of cells; by default (100, 100). What fits between its lines is found around centres only. */
  readonly shape?: readonly [number, number] | undefined;
  /** In cells: how far the lines between the points may be from the curve; by default 0.001. */
  readonly tolerance?: number | undefined;
  /**
   * Whether curves smaller than a cell are looked for around the centres of profiles, on finer lattices; by default
   * they are. On a coarse lattice that is most of the cost.
   */
  readonly aroundCentres?: boolean | undefined;
}

/** The same, checked and with nothing left out. */
export interface CheckedRegion {
  readonly extent: readonly [number, number, number, number];
  readonly shape: readonly [number, number];
  readonly tolerance: number;
  readonly aroundCentres: boolean;
}

/** Side lengths of the lattice that still can be reckoned with. */
const furthest = 1e7;
const largestShape = 4000;

/** @throws InvalidValue, UnknownArgument; NumericalFailure where no square holds all curves. */
export function regionOf(masses: Masses, given: CurveRegion, where: string): CheckedRegion {
  checkNames(given, { extent: false, shape: false, tolerance: false, aroundCentres: false }, where);
  const { extent, shape = [100, 100], tolerance = 1e-3, aroundCentres = true } = given;
  checkNumber(tolerance, { above: 0, maximum: 1 }, `${where} tolerance`, 'in cells');
  const sides: readonly unknown[] = Array.isArray(shape) ? shape : [];
  const [rows, columns] = shape;
  if (
    sides.length !== 2 ||
    !sides.every((side) => Number.isInteger(side) && isWithin(side, { minimum: 2, maximum: largestShape }))
  ) {
    throw invalid(`${where} shape`, `rows and columns, two whole numbers from 2 to ${largestShape}`, shape);
  }
  return {
    extent: extent === undefined ? extentAround(masses) : checked(extent, where),
    shape: [rows, columns],
    tolerance,
    aroundCentres,
  };
}

function checked(extent: readonly [number, number, number, number], where: string) {
  const numbers: readonly unknown[] = Array.isArray(extent) ? extent : [];
  const fine =
    numbers.length === 4 && numbers.every((each) => isWithin(each, { minimum: -furthest, maximum: furthest }));
  if (fine && extent[0] < extent[1] && extent[2] < extent[3]) return extent;
  throw invalid(`${where} extent`, '(left, right, bottom, top) in arcsec, left < right and bottom < top', extent);
}

const rimPoints = 96;
const mostDoublings = 24;

/** A square around all centres along whose rim neither eigenvalue of the lens is below 0. */
function extentAround(masses: Masses): readonly [number, number, number, number] {
  const localAt = localLensOf(masses);
  const centres = placed(masses).map(({ centre }) => centre);
  const middle = [0, 1].map((axis) => {
    const places = centres.map((centre) => centre[axis]);
    return places.length === 0 ? 0 : (Math.max(...places) + Math.min(...places)) / 2;
  });
  const spread = Math.max(0, ...centres.map(([y, x]) => Math.max(Math.abs(y - middle[0]), Math.abs(x - middle[1]))));
  const local = new Float64Array(3);
  let half = spread + 0.5;
  for (let doubling = 0; doubling < mostDoublings; doubling++) {
    const extent = [middle[1] - half, middle[1] + half, middle[0] - half, middle[0] + half] as const;
    let weak = true;
    for (let at = 0; at < 4 * rimPoints && weak; at++) {
      const [y, x] = onRim(extent, at);
      localAt(y, x, local);
      weak = 1 - local[0] - Math.hypot(local[1], local[2]) > 0;
    }
    if (weak) return extent;
    half *= 2;
  }
  throw new WtildeError('NumericalFailure', {
    what: 'the lens is strong everywhere, so no square holds its critical curves',
    where: 'mass',
    expected: 'a lens that is weak far out',
    actual: `critical curves beyond ${half} arcsec`,
    remedy: 'pass an extent to look at',
  });
}

function onRim([left, right, bottom, top]: readonly [number, number, number, number], at: number): [number, number] {
  const part = (at >> 2) / rimPoints;
  const [y, x] = [bottom + part * (top - bottom), left + part * (right - left)];
  return at % 4 === 0 ? [bottom, x] : at % 4 === 1 ? [top, x] : at % 4 === 2 ? [y, left] : [y, right];
}

function invalid(where: string, expected: string, actual: unknown): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'not a region of the image plane',
    where,
    expected,
    actual: shown(actual),
    remedy: 'correct it, or leave it out',
  });
}

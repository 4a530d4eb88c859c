import { localLensOf } from '../mass/localLens.js';
import { type Masses, placed } from '../mass/placed.js';
import { type Contour, type Lattice, type ValueAt, zeroContours } from './contour.js';
import { refined } from './refine.js';
import type { CheckedRegion } from './region.js';

/** The two ways that a lens stretches an image, and where it does so without end. */
interface EigenvalueContours {
  readonly tangential: Contour[];
  readonly radial: Contour[];
}

/** How a node on a singular centre is moved aside, in cells: there derivatives exist. */
const aside = 1e-7;

/** A lattice around the centre of a profile, and how often a finer one follows. */
const zoomHalf = 2;
const zoomShape = [48, 48] as const;
const zooms = 3;

/** 1 - kappa -+ gamma: what an image is stretched by along and across the curves is one over it. */
export function eigenvaluesOf(masses: Masses): { readonly tangential: ValueAt; readonly radial: ValueAt } {
  const localAt = localLensOf(masses);
  const local = new Float64Array(3);
  const at = (sign: 1 | -1) => (y: number, x: number) => {
    localAt(y, x, local);
    return 1 - local[0] + sign * Math.hypot(local[1], local[2]);
  };
  return { tangential: at(-1), radial: at(1) };
}

/**
 * The contours of both eigenvalues over a region; around every centre also those that are smaller than its cells, by
 * finer lattices.
 */
export function eigenvalueContours(masses: Masses, region: CheckedRegion): EigenvalueContours {
  const values = eigenvaluesOf(masses);
  const centres = distinct(placed(masses).map(({ centre }) => centre));
  const found = contoursIn(masses, values, region);
  if (!region.aroundCentres) return found;
  for (const centre of centres) {
    const [left, right, bottom, top] = region.extent;
    if (centre[0] <= bottom || centre[0] >= top || centre[1] <= left || centre[1] >= right) continue;
    let pitch = Math.max((right - left) / region.shape[1], (top - bottom) / region.shape[0]);
    for (let zoom = 0; zoom < zooms; zoom++) {
      const half = zoomHalf * pitch;
      // Not symmetric, so that no line of the lattice goes through the centre.
      const extent = [centre[1] - half, centre[1] + 1.01 * half, centre[0] - half, centre[0] + 1.01 * half] as const;
      const finer = contoursIn(masses, values, { ...region, extent, shape: zoomShape });
      for (const kind of ['tangential', 'radial'] as const) {
        const within = finer[kind].filter(({ closed }) => closed);
        if (within.length === 0) continue;
        found[kind] = [...found[kind].filter((contour) => !isWithin(contour, extent)), ...within];
      }
      pitch = (2 * half) / zoomShape[0];
    }
  }
  return found;
}

function contoursIn(
  masses: Masses,
  values: ReturnType<typeof eigenvaluesOf>,
  { extent: [left, right, bottom, top], shape: [rows, columns], tolerance }: CheckedRegion,
): { tangential: Contour[]; radial: Contour[] } {
  const ys = Float64Array.from({ length: rows + 1 }, (_, i) => top - (i * (top - bottom)) / rows);
  const xs = Float64Array.from({ length: columns + 1 }, (_, j) => left + (j * (right - left)) / columns);
  const pitch = Math.max((top - bottom) / rows, (right - left) / columns);
  const tangential = new Float64Array(ys.length * xs.length);
  const radial = new Float64Array(tangential.length);
  const localAt = localLensOf(masses);
  const centres = placed(masses).map(({ centre }) => centre);
  const local = new Float64Array(3);
  for (let i = 0; i < ys.length; i++) {
    for (let j = 0; j < xs.length; j++) {
      const onCentre = centres.some(([y, x]) => y === ys[i] && x === xs[j]);
      localAt(ys[i] + (onCentre ? aside * pitch : 0), xs[j] + (onCentre ? aside * pitch : 0), local);
      const gamma = Math.hypot(local[1], local[2]);
      tangential[i * xs.length + j] = 1 - local[0] - gamma;
      radial[i * xs.length + j] = 1 - local[0] + gamma;
    }
  }
  const linesOf = (lattice: Lattice, valueAt: ValueAt) =>
    zeroContours(lattice, valueAt).map((contour) => refined(contour, valueAt, tolerance * pitch));
  return {
    tangential: linesOf({ ys, xs, values: tangential }, values.tangential),
    radial: linesOf({ ys, xs, values: radial }, values.radial),
  };
}

function distinct(centres: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return centres.filter(([y, x], at) => centres.findIndex((other) => other[0] === y && other[1] === x) === at);
}

function isWithin({ points }: Contour, [left, right, bottom, top]: CheckedRegion['extent']): boolean {
  return points.every((at, lane) => (lane % 2 === 0 ? at > bottom && at < top : at > left && at < right));
}

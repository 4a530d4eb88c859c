import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkArray } from '../arguments/checkArguments.js';
import { checkPoints } from '../mesh/points.js';
import type { NamedParameter, Placed } from '../profile/check.js';
import { noValue } from '../profile/noValue.js';
import type { EllipseName, MassLaw } from './law.js';
import { type Masses, placed } from './placed.js';

type Grid = NdArray<'real'>;

/** A number that a lens is made of: where lens.json has it, its value, unit and domain. */
export interface LensParameter extends Omit<NamedParameter, 'name'> {
  /** Such as mass.0.einsteinRadius, mass.0.centre.1, mass.1.ellComps.0. */
  readonly path: string;
}

/**
 * Every parameter of one mass profile or several, defaults filled in; ellipses as they are written, by `axisRatio` and
 * `angle` where nothing is.
 *
 * @throws InvalidValue for a profile out of domain.
 */
export function parametersOf(masses: Masses): readonly LensParameter[] {
  return placed(masses).flatMap(({ parameters }, at) =>
    parameters.map(({ name, ...parameter }) => ({ path: pathOf(at, name), ...parameter })),
  );
}

function pathOf(at: number, name: string): string {
  return `mass.${at}.${name}`;
}

/** What a quantity changes by for every unit of what a lens is made of, and of where it is looked at. */
export interface LensGradient {
  /** By the paths of {@link parametersOf}; per degree of an angle, per arcsec of a length. */
  readonly parameters: Readonly<Record<string, number>>;
  /** (P, 2), by the points of the grid, with whose move their sources move. */
  readonly grid: Grid;
}

/**
 * The adjoint of {@link rayTrace}: from the derivatives (P, 2) of a quantity by the sources (y, x) of the points of a
 * grid to those by every parameter of the lens and by the points themselves.
 *
 * Exact, not by differences, within 1e-9 over the domain of every profile; the formulas are beside each profile. Where
 * a derivative does not exist it is 0 or one-sided: by everything at the centre of a singular profile; by an `axisRatio`
 * of 1 from below; by an `angle` of a circle 0; by `ellComps` of (0, 0), where they have a cone's tip unless the profile
 * is isothermal without a core, the mean of both sides; by a core of 0 from above; by the Einstein radius of a power law
 * that has none, 0 unless its slope is 2.
 *
 * Cost: some two times that of {@link rayTrace}, whatever the number of parameters.
 *
 * @throws InvalidValue for a profile out of domain or numbers that are not finite, DTypeMismatch or ShapeMismatch for
 *   other arrays; NumericalFailure, naming profile and point, where a derivative is beyond float64.
 */
export function lensGradient(masses: Masses, grid: Grid, bySource: Grid): LensGradient {
  checkPoints(grid, 'grid');
  checkArray(bySource, ['real'], grid.shape, 'bySource');
  checkFinite(bySource);
  const byGrid = Float64Array.from(bySource.data);
  const parameters: Record<string, number> = {};
  placed(masses).forEach((profile, at) => {
    const sums = addProfile(profile, grid, bySource.data, byGrid);
    for (const { name } of profile.parameters) parameters[pathOf(at, name)] = sums[name];
  });
  return { parameters, grid: real(byGrid, grid.shape) };
}

/** Adds the derivatives by the grid that one profile makes; gives those by its parameters, however they are written. */
function addProfile(
  profile: Placed<MassLaw<string>>,
  grid: Grid,
  bySource: Float64Array,
  byGrid: Float64Array,
): Readonly<Record<string, number>> {
  const { law, centre, cosine, sine, where } = profile;
  const names = [...Object.keys(profile.values), ...(profile.symmetry === 'elliptical' ? ellipseNames : [])];
  const tip = isTip(profile);
  const sums = new Float64Array(names.length);
  let [byY, byX, crosswise] = [0, 0, 0];
  for (let at = 0; at < bySource.length; at += 2) {
    if (bySource[at] === 0 && bySource[at + 1] === 0) continue;
    const dy = grid.data[at] - centre[0];
    const dx = grid.data[at + 1] - centre[1];
    const x = dx * cosine + dy * sine;
    const y = dy * cosine - dx * sine;
    // Sources move against the deflection.
    const alongX = -bySource[at + 1] * cosine - bySource[at] * sine;
    const alongY = bySource[at + 1] * sine - bySource[at] * cosine;
    const adjoint = law.adjoint(x, y, alongX, alongY);
    let all = adjoint.x + adjoint.y;
    for (let i = 0; i < names.length; i++) {
      const value = adjoint[names[i]];
      sums[i] += value;
      all += value;
    }
    if (!Number.isFinite(all)) throw noValue(where, 'derivative', Object.values(adjoint), grid, at / 2);
    const upward = adjoint.x * sine + adjoint.y * cosine;
    const rightward = adjoint.x * cosine - adjoint.y * sine;
    byGrid[at] += upward;
    byGrid[at + 1] += rightward;
    byY += upward;
    byX += rightward;
    if (tip) crosswise += law.adjoint(y, -x, alongY, -alongX).axisRatio;
  }
  const own: Record<string, number> = Object.fromEntries(names.map((name, i) => [name, sums[i]]));
  const ellipse =
    profile.symmetry === 'elliptical' ? byEllipse(profile, own.axisRatio, own.turn, tip ? crosswise : undefined) : {};
  return { ...own, 'centre.0': -byY, 'centre.1': -byX, ...ellipse };
}

const ellipseNames: readonly EllipseName[] = ['axisRatio', 'turn'];

/** Whether both components are 0: an ellipse of any angle. */
function isTip({ parameters }: Placed<MassLaw<string>>): boolean {
  const components = parameters.filter(({ name }) => name.startsWith('ellComps'));
  return components.length > 0 && components.every(({ value }) => value === 0);
}

/**
 * With e = (1-q) / (1+q): d/dangle = e turn; d/dellComps = (sin, cos)(2 angle) d/de + (cos, -sin)(2 angle) turn / 2. At
 * the tip of a cone, d/de is half of what it is along the axis less what it is crosswise.
 */
function byEllipse(
  { axisRatio: q, cosine, sine }: Placed<MassLaw<string>>,
  byAxisRatio: number,
  turn: number,
  crosswise: number | undefined,
) {
  const stretch = (crosswise === undefined ? byAxisRatio : (byAxisRatio - crosswise) / 2) * (-((1 + q) ** 2) / 2);
  const [sine2, cosine2] = [2 * sine * cosine, (cosine - sine) * (cosine + sine)];
  return {
    angle: (((1 - q) / (1 + q)) * turn * Math.PI) / 180,
    'ellComps.0': sine2 * stretch + (cosine2 * turn) / 2,
    'ellComps.1': cosine2 * stretch - (sine2 * turn) / 2,
  };
}

function checkFinite({ data }: Grid): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'a derivative is not finite',
    where: 'bySource',
    expected: 'finite numbers',
    actual: `${data[at]} at [${Math.floor(at / 2)}, ${at % 2}]`,
    remedy: 'correct what it was made from',
  });
}

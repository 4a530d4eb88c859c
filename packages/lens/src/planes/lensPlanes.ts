import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';
import type { LensModel } from '../lensModel.js';
import { lightKinds } from '../light/kinds.js';
import { linearLightKinds, type ModelLight } from '../light/linearKinds.js';
import { type LensGradient, type LensParameter, lensGradient, parametersOf } from '../mass/gradient.js';
import type { MassProfile } from '../mass/kinds.js';
import { rayTrace } from '../mass/lensing.js';
import type { Mesh } from '../mesh/mesh.js';
import { place } from '../profile/check.js';
import type { Regularization } from '../regularization/kinds.js';
import { planck15, planeScaling } from './cosmology.js';
import { tracePlanes } from './tracePlanes.js';

/** Lens and source alone: their redshifts do not matter. */
type Traced = Pick<LensModel, 'mass' | 'planes' | 'lensRedshift' | 'sourceRedshift' | 'cosmology'>;

/** A plane of a lens model, with the names that lens.json has for what is in it. */
export interface LensPlane {
  /** 0 where lens and source are alone. */
  readonly redshift: number;
  readonly mass: readonly MassProfile[];
  readonly massPath: string;
  readonly light: readonly ModelLight[];
  readonly lightPath: string;
  /** Of the source pixels of a plane before the last. */
  readonly mesh?: Mesh | undefined;
  readonly regularization?: Regularization | undefined;
}

/**
 * The planes of a lens model, nearest first, the source last.
 *
 * @throws InvalidValue for further planes without the redshifts of lens and source, behind the source, or two of one redshift
 */
export function lensPlanesOf(lens: Traced & Pick<LensModel, 'light' | 'lensLight'>): readonly LensPlane[] {
  const { mass, light = [], lensLight = [], planes = [], lensRedshift = 0, sourceRedshift = 0 } = lens;
  const own = { redshift: lensRedshift, mass, massPath: 'mass', light: lensLight, lightPath: 'lensLight' };
  const source = { redshift: sourceRedshift, mass: [], massPath: '', light, lightPath: 'light' };
  if (planes.length === 0) return [own, source];
  const further = planes.map(({ redshift, mass = [], light = [], mesh, regularization }, at) => ({
    redshift,
    mass,
    massPath: `planes.${at}.mass`,
    light,
    lightPath: `planes.${at}.light`,
    mesh,
    regularization,
  }));
  const ordered = [own, ...further].toSorted((a, b) => a.redshift - b.redshift);
  const all = [...ordered, source];
  const rising = all.every(({ redshift }, at) => redshift > (all[at - 1]?.redshift ?? 0));
  if (!rising) throw notRising(lens);
  return all;
}

/** Where the points of a grid (P, 2) are traced to on every plane, nearest first. Errors: those of `rayTrace`. */
export function planeGridsOf(lens: Traced, grid: NdArray<'real'>): readonly NdArray<'real'>[] {
  if ((lens.planes ?? []).length === 0) return [grid, rayTrace(lens.mass, grid)];
  return tracePlanes(lensPlanesOf(lens), grid, lens.cosmology);
}

/** Where the points of a grid (P, 2) are traced to in the source, through all planes. Errors: those of `rayTrace`. */
export function traceLens(lens: Traced, grid: NdArray<'real'>): NdArray<'real'> {
  const grids = planeGridsOf(lens, grid);
  return grids[grids.length - 1];
}

/**
 * The adjoint of {@link traceLens}, as `lensGradient` is that of `rayTrace`: from the derivatives (P, 2) of a quantity by
 * places in the source to those by every parameter of the mass on all planes, under the path of lens.json, and by the points.
 *
 * With x_j = theta - sum_(i < j) beta_ij alpha_i(x_i), from the source to the front. Errors: those of `lensGradient`.
 */
export function lensModelGradient(lens: Traced, grid: NdArray<'real'>, bySource: NdArray<'real'>): LensGradient {
  if ((lens.planes ?? []).length === 0) return lensGradient(lens.mass, grid, bySource);
  const planes = lensPlanesOf(lens);
  const grids = planeGridsOf(lens, grid);
  const last = planes.length - 1;
  const by = grids.map((_, at) =>
    at === last ? Float64Array.from(bySource.data) : new Float64Array(grid.data.length),
  );
  const parameters: Record<string, number> = {};
  for (let i = last - 1; i >= 0; i--) {
    const pushed = new Float64Array(grid.data.length);
    for (let j = i + 1; j <= last; j++) {
      const scaling = planeScaling(
        planes[i].redshift,
        planes[j].redshift,
        planes[last].redshift,
        lens.cosmology ?? planck15,
      );
      for (let lane = 0; lane < pushed.length; lane++) pushed[lane] += scaling * by[j][lane];
    }
    const found = lensGradient(planes[i].mass, grids[i], real(pushed, grid.shape));
    for (const [path, value] of Object.entries(found.parameters)) {
      parameters[path.replace(/^mass/, planes[i].massPath)] = value;
    }
    // What the place itself moves by is in the sum over planes below.
    for (let lane = 0; lane < pushed.length; lane++) by[i][lane] += found.grid.data[lane] - pushed[lane];
  }
  const byGrid = grid.data.map((_, lane) => by.reduce((sum, each) => sum + each[lane], 0));
  return { parameters, grid: real(byGrid, grid.shape) };
}

/**
 * Every number of the profiles of a lens model, mass and light of all planes, under its path in lens.json, such as
 * planes.0.mass.0.einsteinRadius; defaults filled in.
 *
 * @throws InvalidValue for a profile out of domain
 */
export function lensParametersOf(lens: LensModel): readonly LensParameter[] {
  return lensPlanesOf(lens).flatMap(({ mass, massPath, light, lightPath }) => [
    ...parametersOf(mass).map(({ path, ...rest }) => ({ path: path.replace(/^mass/, massPath), ...rest })),
    ...light.flatMap((profile, at) =>
      place({ ...lightKinds, ...linearLightKinds }, profile, `${lightPath}[${at}]`).parameters.map(
        ({ name, ...parameter }) => ({ path: `${lightPath}.${at}.${name}`, ...parameter }),
      ),
    ),
  ]);
}

function notRising({ planes = [], lensRedshift, sourceRedshift }: Traced): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the planes of the lens have no order',
    where: 'lens planes',
    expected: 'lensRedshift and sourceRedshift, and planes at other redshifts above 0, before the source',
    actual: shown({ lensRedshift, planes: planes.map(({ redshift }) => redshift), sourceRedshift }),
    remedy: 'add the redshifts, and put all that is at one redshift into one plane',
  });
}

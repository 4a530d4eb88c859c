import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import type { Model } from '../inversion/model.js';
import type { SourceChoice } from '../inversion/positive.js';
import type { LensModel } from '../lensModel.js';
import { isLinear } from '../light/linearKinds.js';
import type { Mesh } from '../mesh/mesh.js';
import { type LensPlane, lensPlanesOf } from '../planes/lensPlanes.js';
import type { Regularization } from '../regularization/kinds.js';
import { checkRegularization } from '../regularization/regularization.js';

/**
 * A guess at lens and light: what is given is taken off the visibilities, what is linear is solved for, and so are source
 * pixels where there is a mesh.
 */
export interface LightModel
  extends Pick<Model, 'adaptImage' | 'useBorderRelocator'>,
    Pick<SourceChoice, 'solve' | 'zeroedPixels'> {
  /** Its light of given intensity is taken off; what is linear is solved for. */
  readonly lens: LensModel;
  /** Source pixels on the last plane; none when left out. They come beside the light of the source. */
  readonly mesh?: Mesh | undefined;
  readonly regularization?: Regularization | undefined;
  /**
   * Added to the diagonal of F for every linear profile: a weak prior that keeps apart profiles that look alike. By
   * default 0.001, as in PyAutoLens; 0 solves for the least squares themselves.
   */
  readonly ridge?: number | undefined;
}

export const defaultRidge = 1e-3;

/**
 * Whether a lens has light that has to be fitted beside the pixels of a source: that of the lens and of further planes,
 * and what is linear.
 */
export function hasLightBesidePixels(lens: LensModel): boolean {
  const planes = lensPlanesOf(lens);
  return planes.some(({ light, mesh }, at) =>
    at === planes.length - 1 ? light.some(isLinear) : light.length > 0 || mesh !== undefined,
  );
}

/** A lens without the given light of the source, which its pixels stand for. */
export function withoutGivenSource({ light, ...lens }: LensModel): LensModel {
  const linear = (light ?? []).filter(isLinear);
  return linear.length === 0 ? lens : { ...lens, light: linear };
}

/** A plane, with source pixels where it has some. */
export interface LightPlane extends LensPlane {
  readonly pixels?: { readonly mesh: Mesh; readonly regularization: Regularization } | undefined;
}

/**
 * The planes of a model, the pixels of the source on the last.
 *
 * @throws UnknownArgument, MissingArgument, InvalidValue: nothing to compare with the visibilities, or another ridge.
 */
export function lightPlanesOf(given: LightModel): readonly LightPlane[] {
  checkNames(given, names, 'lightEvidence');
  const { lens, mesh, regularization, ridge = defaultRidge } = given;
  checkNumber(ridge, { minimum: 0 }, 'lightEvidence ridge', 'what is added to the diagonal of linear profiles');
  const planes = lensPlanesOf(lens);
  const last = planes.length - 1;
  const found = planes.map((plane, at) => ({
    ...plane,
    pixels: at === last ? pixelsOf(mesh, regularization) : pixelsOf(plane.mesh, plane.regularization),
  }));
  if (found.some(({ light, pixels }) => pixels !== undefined || light.length > 0)) return found;
  throw new WtildeError('InvalidValue', {
    what: 'there is no light to compare with the visibilities',
    where: 'lightEvidence',
    expected: 'light or lensLight of the lens model, given or linear, or a mesh',
    actual: 'none',
    remedy: 'add "light" to the lens model, such as { "type": "LinearSersic", ... }, or a mesh',
  });
}

const names = {
  lens: true,
  mesh: false,
  regularization: false,
  adaptImage: false,
  useBorderRelocator: false,
  solve: false,
  zeroedPixels: false,
  ridge: false,
  signal: false,
};

function pixelsOf(mesh: Mesh | undefined, regularization: Regularization | undefined): LightPlane['pixels'] {
  if (mesh === undefined && regularization === undefined) return undefined;
  if (mesh === undefined || regularization === undefined) {
    throw new WtildeError('MissingArgument', {
      what: 'source pixels need a mesh and a regularization',
      where: 'lightEvidence',
      expected: 'both of them, or neither',
      actual: mesh === undefined ? 'no mesh' : 'no regularization',
      remedy: 'add the other one',
    });
  }
  checkRegularization(regularization);
  return { mesh, regularization };
}

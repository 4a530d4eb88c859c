import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';

/** Every source pixel is drawn towards its neighbours alike: H of constantRegularizationMatrixFrom. */
export interface ConstantRegularization {
  readonly type: 'constant';
  /** Above 0. */
  readonly coefficient: number;
}

/**
 * The source is drawn towards one without slope: c^2 times the integral of |grad s|^2, by the edges of a mesh with a frame
 * where it is zero. Depends neither on the size nor on the density of the mesh; of overlay meshes with natural neighbours.
 */
export interface GradientRegularization {
  readonly type: 'gradient';
  /** Above 0. */
  readonly coefficient: number;
}

/** What is known of the source before the data: how smooth it is. */
export type Regularization = ConstantRegularization | GradientRegularization;

/**
 * A regularization from text: `constant:1` or `gradient:3`.
 *
 * @throws InvalidOption where the text names no regularization, or its coefficient is not above 0.
 */
export function parseRegularization(text: string): Regularization {
  const [, type, digits] = (typeof text === 'string' && /^(\w+):([-+.\deE]+)$/.exec(text)) || [];
  const coefficient = Number(digits);
  if (isType(type) && coefficient > 0 && coefficient < Number.POSITIVE_INFINITY) return { type, coefficient };
  throw new WtildeError('InvalidOption', {
    what: 'not a regularization',
    where: 'regularization',
    expected: 'constant:COEFFICIENT or gradient:COEFFICIENT with a coefficient above 0',
    actual: shown(text),
    remedy: 'write it like constant:1',
  });
}

/** Throws where a value is no regularization: MissingArgument, UnknownArgument, InvalidOption for its type, InvalidValue. */
export function checkRegularization(regularization: Regularization): void {
  checkNames(regularization, { type: true, coefficient: true }, 'regularization');
  const { type, coefficient } = regularization;
  if (!isType(type)) {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such regularization',
      where: 'regularization.type',
      expected: 'constant or gradient',
      actual: shown(type),
      remedy: 'use one of those',
    });
  }
  checkNumber(coefficient, { above: 0 }, 'regularization.coefficient', 'how much neighbouring source pixels are alike');
}

function isType(value: unknown): value is Regularization['type'] {
  return value === 'constant' || value === 'gradient';
}

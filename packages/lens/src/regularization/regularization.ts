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

/** What is known of the source before the data: how smooth it is. */
export type Regularization = ConstantRegularization;

/**
 * A regularization from text: `constant:1`.
 *
 * @throws InvalidOption where the text names no regularization, or its coefficient is not above 0.
 */
export function parseRegularization(text: string): Regularization {
  const [, digits] = (typeof text === 'string' && /^constant:([-+.\deE]+)$/.exec(text)) || [];
  const coefficient = Number(digits);
  if (coefficient > 0 && coefficient < Number.POSITIVE_INFINITY) return { type: 'constant', coefficient };
  throw new WtildeError('InvalidOption', {
    what: 'not a regularization',
    where: 'regularization',
    expected: 'constant:COEFFICIENT with a coefficient above 0',
    actual: shown(text),
    remedy: 'write it like constant:1',
  });
}

/** Throws where a value is no regularization: MissingArgument, UnknownArgument, InvalidOption for its type, InvalidValue. */
export function checkRegularization(regularization: Regularization): void {
  checkNames(regularization, { type: true, coefficient: true }, 'regularization');
  const { type, coefficient } = regularization;
  if (type !== 'constant') {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such regularization',
      where: 'regularization.type',
      expected: 'constant',
      actual: shown(type),
      remedy: 'use that',
    });
  }
  checkNumber(coefficient, { above: 0 }, 'regularization.coefficient', 'how much neighbouring source pixels are alike');
}

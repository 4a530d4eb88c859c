import { WtildeError } from '@wtilde/core-types';

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
  const [, digits] = /^constant:([-+.\deE]+)$/.exec(text) ?? [];
  const coefficient = Number(digits);
  if (coefficient > 0 && coefficient < Number.POSITIVE_INFINITY) return { type: 'constant', coefficient };
  throw new WtildeError('InvalidOption', {
    what: 'not a regularization',
    where: 'regularization',
    expected: 'constant:COEFFICIENT with a coefficient above 0',
    actual: text,
    remedy: 'write it like constant:1',
  });
}

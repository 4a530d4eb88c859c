import type { Regularization } from '@wtilde/lens';

/** The regularization with another coefficient; one that has none stays as it is. */
export function withCoefficient(regularization: Regularization, coefficient: number): Regularization {
  return 'coefficient' in regularization ? { ...regularization, coefficient } : regularization;
}

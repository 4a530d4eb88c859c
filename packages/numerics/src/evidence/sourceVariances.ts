import { type CholeskyFactor, solveFactor } from '../cholesky/cholesky.js';
import type { FactoredEvidence } from './evidenceTerms.js';

/**
 * The variances (S) of the reconstructed source: the diagonal of (F + H)^-1 = B (L L^t)^-1 B^t, as the squared norms of
 * L^-1 B^t e_i. S^3 operations.
 */
export function sourceVariances({
  basis,
  factor,
}: Pick<FactoredEvidence, 'basis'> & { readonly factor: CholeskyFactor }): Float64Array {
  const unit = new Float64Array(factor.order);
  return unit.map((_, i) => {
    unit[i] = 1;
    const half = solveFactor(factor, basis.project(unit));
    unit[i] = 0;
    return half.reduce((sum, value) => sum + value * value, 0);
  });
}

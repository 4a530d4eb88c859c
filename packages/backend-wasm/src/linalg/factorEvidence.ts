import { type FactoredEvidence, type RegularizationForm, sourceBasis } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import {
  type CholeskyFactor,
  factorDiagonal,
  factorPacked,
  packedIndex,
  packedLength,
  packLowerTriangle,
  solve,
} from './cholesky.js';

/**
 * Factors F + H in the memory, in the basis in which neither drowns the other. S^3 / 3 operations.
 *
 * @param arena what the factor lives in
 * @param curvatureMatrix where F (S, S) stands in the memory; the lower triangle is read
 * @throws NumericalFailure when F + H is not positive definite
 */
export function factorEvidence(
  engine: Engine,
  arena: Arena,
  curvatureMatrix: number,
  regularization: RegularizationForm,
): FactoredEvidence & { readonly factor: CholeskyFactor } {
  const { order } = regularization;
  const packed = arena.f64(packedLength(order));
  packLowerTriangle(engine, order, curvatureMatrix, packed);
  // Views of the memory, good until the next allocation.
  const F = engine.heap.f64(curvatureMatrix, order * order);
  const triangle = engine.heap.f64(packed, packedLength(order));
  const basis = sourceBasis(F, regularization);
  regularization.visitLower((row, column, value) => {
    triangle[packedIndex(row, column)] += value;
  });
  basis.visitRoots(F, (row, column, value) => {
    triangle[packedIndex(row, column)] = value;
  });
  const diagonal = Float64Array.from({ length: order }, (_, i) => triangle[packedIndex(i, i)]);
  const curvatureDiagonal = Float64Array.from({ length: order }, (_, i) => F[i * order + i]);
  const factor = factorPacked(engine, arena, packed, order);
  return {
    basis,
    regularization,
    curvatureDiagonal,
    diagonal,
    factor,
    factorDiagonal: factorDiagonal(engine, factor),
    solve: (b, out) => solve(engine, factor, b, out),
    curvatureForm: (s) =>
      engine.scoped((inner) => engine.call('quadraticForm', order, curvatureMatrix, 8 * order, inner.putF64(s))),
  };
}

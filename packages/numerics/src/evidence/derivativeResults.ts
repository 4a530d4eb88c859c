import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import type { DerivativesByGraph, DerivativesByMapping } from './evidenceDerivatives.js';

type Kernel = 'evidenceDerivativesViaWCompactFrom';
type Names<By extends string> = Extract<keyof KernelResult<Kernel>, `${string}${By}`>;

/** The derivatives by the graph as the entries of a kernel's record. */
export function derivativeResultsByGraph(
  { logEvidence, chiSquared, logDetCurvatureRegMatrix, logDetRegularizationMatrix }: DerivativesByGraph,
  { neighbors }: Pick<KernelRunArgs<Kernel>, 'neighbors'>,
): Pick<KernelResult<Kernel>, Names<'ByWeights' | 'ByDiagonal'>> {
  const onEdges = (values: Float64Array) => real(values, neighbors.shape);
  return {
    logEvidenceByWeights: onEdges(logEvidence.byWeights),
    logEvidenceByDiagonal: real(logEvidence.byDiagonal),
    chiSquaredByWeights: onEdges(chiSquared.byWeights),
    chiSquaredByDiagonal: real(chiSquared.byDiagonal),
    logDetCurvatureRegMatrixByWeights: onEdges(logDetCurvatureRegMatrix.byWeights),
    logDetCurvatureRegMatrixByDiagonal: real(logDetCurvatureRegMatrix.byDiagonal),
    logDetRegularizationMatrixByWeights: onEdges(logDetRegularizationMatrix.byWeights),
    logDetRegularizationMatrixByDiagonal: real(logDetRegularizationMatrix.byDiagonal),
  };
}

/** The derivatives by the mapping, likewise. */
export function derivativeResultsByMapping(
  { logEvidence, chiSquared, logDetCurvatureRegMatrix }: DerivativesByMapping,
  { shape }: Pick<KernelRunArgs<Kernel>['pixIndexesForSubSlimIndex'], 'shape'>,
): Pick<KernelResult<Kernel>, Names<'ByMapping'>> {
  return {
    logEvidenceByMapping: real(logEvidence, shape),
    chiSquaredByMapping: real(chiSquared, shape),
    logDetCurvatureRegMatrixByMapping: real(logDetCurvatureRegMatrix, shape),
  };
}

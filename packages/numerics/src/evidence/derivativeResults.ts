import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import type { EvidenceDerivatives } from './evidenceDerivatives.js';

type Kernel = 'evidenceDerivativesViaWCompactFrom';
type Names = Extract<keyof KernelResult<Kernel>, `${string}By${string}`>;

/** The derivatives as the entries of a kernel's record. */
export function derivativeResults(
  { logEvidence, chiSquared, logDetCurvatureRegMatrix, logDetRegularizationMatrix }: EvidenceDerivatives,
  { pixIndexesForSubSlimIndex, neighbors }: KernelRunArgs<Kernel>,
): Pick<KernelResult<Kernel>, Names> {
  const onMapping = (values: Float64Array) => real(values, pixIndexesForSubSlimIndex.shape);
  const onEdges = (values: Float64Array) => real(values, neighbors.shape);
  return {
    logEvidenceByMapping: onMapping(logEvidence.byMapping),
    logEvidenceByWeights: onEdges(logEvidence.byWeights),
    logEvidenceByDiagonal: real(logEvidence.byDiagonal),
    chiSquaredByMapping: onMapping(chiSquared.byMapping),
    chiSquaredByWeights: onEdges(chiSquared.byWeights),
    chiSquaredByDiagonal: real(chiSquared.byDiagonal),
    logDetCurvatureRegMatrixByMapping: onMapping(logDetCurvatureRegMatrix.byMapping),
    logDetCurvatureRegMatrixByWeights: onEdges(logDetCurvatureRegMatrix.byWeights),
    logDetCurvatureRegMatrixByDiagonal: real(logDetCurvatureRegMatrix.byDiagonal),
    logDetRegularizationMatrixByWeights: onEdges(logDetRegularizationMatrix.byWeights),
    logDetRegularizationMatrixByDiagonal: real(logDetRegularizationMatrix.byDiagonal),
  };
}

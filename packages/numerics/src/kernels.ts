/** Kernels that compiling would not make faster, whole: for the `kernels/` of every float64 backend. */
export { chiSquared0From } from './hostKernels/chiSquared0From.js';
export { constantRegularizationMatrixFrom } from './hostKernels/constantRegularizationMatrixFrom.js';
export { dataVectorFrom } from './hostKernels/dataVectorFrom.js';
export { mappingMatrixFrom } from './hostKernels/mappingMatrixFrom.js';
export { mask2dCentresFrom } from './hostKernels/mask2dCentresFrom.js';
export { mask2dCircularFrom } from './hostKernels/mask2dCircularFrom.js';
export { noiseNormalizationComplexFrom } from './hostKernels/noiseNormalizationComplexFrom.js';
export { weightedRegularizationMatrixFrom } from './hostKernels/weightedRegularizationMatrixFrom.js';

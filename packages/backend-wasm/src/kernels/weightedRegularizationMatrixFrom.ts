export { weightedRegularizationMatrixFrom } from '@wtilde/numerics/kernels';

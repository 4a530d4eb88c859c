export { constantRegularizationMatrixFrom } from '@wtilde/numerics/kernels';

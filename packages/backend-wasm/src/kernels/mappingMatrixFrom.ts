export { mappingMatrixFrom } from '@wtilde/numerics/kernels';

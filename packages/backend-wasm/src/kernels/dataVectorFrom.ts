export { dataVectorFrom } from '@wtilde/numerics/kernels';

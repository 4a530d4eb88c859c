export { chiSquared0From } from '@wtilde/numerics/kernels';

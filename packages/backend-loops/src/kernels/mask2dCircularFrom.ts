export { mask2dCircularFrom } from '@wtilde/numerics/kernels';

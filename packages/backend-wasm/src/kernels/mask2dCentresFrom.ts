export { mask2dCentresFrom } from '@wtilde/numerics/kernels';

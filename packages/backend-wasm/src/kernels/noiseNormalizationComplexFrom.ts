export { noiseNormalizationComplexFrom } from '@wtilde/numerics/kernels';

import type { NdArray } from '@wtilde/core-types';

/** sum_k log(2 pi Re(n_k)^2) + log(2 pi Im(n_k)^2) */
export function noiseNormalization(noiseMap: NdArray<'complex'>): number {
  let sum = 0;
  for (const noise of noiseMap.data) sum += Math.log(2 * Math.PI * noise ** 2);
  return sum;
}

/** sum_k Re(v_k)^2 / Re(n_k)^2 + Im(v_k)^2 / Im(n_k)^2 */
export function chiSquared0(data: NdArray<'complex'>, noiseMap: NdArray<'complex'>): number {
  let sum = 0;
  data.data.forEach((value, lane) => {
    sum += value ** 2 / noiseMap.data[lane] ** 2;
  });
  return sum;
}

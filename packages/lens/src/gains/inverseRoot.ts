import { choleskyOf, solveFactor } from '@wtilde/numerics';

/** K with K K^t = G^-1 (n, n), and log det G. */
export function inverseRootOf(G: Float64Array, order: number): { readonly K: Float64Array; readonly logDet: number } {
  const factor = choleskyOf(order, [G]);
  const K = new Float64Array(order * order);
  const unit = new Float64Array(order);
  let logDet = 0;
  for (let j = 0; j < order; j++) {
    unit[j] = 1;
    // Column j of L^-1 is row j of K = L^-t.
    K.set(solveFactor(factor, unit), j * order);
    unit[j] = 0;
    logDet -= 2 * Math.log(K[j * order + j]);
  }
  return { K, logDet };
}

import * as tf from '@tensorflow/tfjs-core';
import type { NdArray, RunContext } from '@wtilde/core-types';
import { exponentOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { addTo, inChunks } from './chunks.js';
import { productCost } from './costs.js';
import { turnsByAngle, turnsByMultiple } from './turns.js';

/** Visibilities per product: their float32 sum stays within 3e-7 of the sum of weights. */
const chunk = 256;

/** (rows, columns) sums over visibilities, even and odd in the column. */
export interface DisplacementSums {
  /** sum_k w_k cos(m b_k) cos(n a_k) */
  readonly even: Float64Array;
  /** sum_k w_k sin(m b_k) sin(n a_k) */
  readonly odd: Float64Array;
}

/**
 * The sums that every table of W by displacement consists of: w_k = n_k^-2, a_k = 2 pi pitch u_k, b_k = 2 pi pitch v_k.
 * Two products of matrices for every 256 visibilities, finished in float64.
 */
export async function displacementSums(
  engine: Engine,
  { noiseMapReal, uvWavelengths }: { readonly noiseMapReal: NdArray<'real'>; readonly uvWavelengths: NdArray<'real'> },
  { rows, columns, pitch }: { readonly rows: number; readonly columns: number; readonly pitch: number },
  context: RunContext,
): Promise<DisplacementSums> {
  const even = new Float64Array(rows * columns);
  const odd = new Float64Array(rows * columns);
  await inChunks(noiseMapReal.data.length, chunk, context, async (from, to) => {
    const width = to - from;
    const angles = (lane: 0 | 1) =>
      Float64Array.from({ length: width }, (_, k) => 2 * Math.PI * pitch * uvWavelengths.data[2 * (from + k) + lane]);
    const weights = noiseMapReal.data.subarray(from, to).map((noise) => noise ** -2);
    const exponent = exponentOf(weights);
    const left = turnsByMultiple(
      angles(1),
      rows,
      weights.map((weight) => weight * 2 ** -exponent),
    );
    const right = turnsByAngle(angles(0), columns);
    const product = (a: Float32Array, b: Float32Array) =>
      tf.matMul(tf.tensor2d(a, [rows, width]), tf.tensor2d(b, [width, columns]));
    const [cosines, sines] = await engine.run(() => [
      product(left.cosine, right.cosine),
      product(left.sine, right.sine),
    ]);
    addTo(even, cosines, exponent);
    addTo(odd, sines, exponent);
  });
  return { even, odd };
}

export function displacementCost(rows: number, columns: number, K: number) {
  return productCost(4 * rows * columns * K, 2 * (rows + columns) * K, Math.ceil(K / chunk));
}

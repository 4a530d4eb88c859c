import * as tf from '@tensorflow/tfjs-core';
import { type MethodFacts, type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { addTo, inChunks } from './chunks.js';
import { fits, productCost } from './costs.js';
import { transposed } from './mapping.js';

/** Numbers of W that are on an engine at a time: 64 MiB. */
const atOnce = 2 ** 24;

/** Writes row i of W to `out` from `start`. */
export type WriteRow = (i: number, out: Float32Array, start: number) => void;

/**
 * F = T^t (W T) by dense products, some rows of W at a time, summed in float64 and made symmetric.
 *
 * @param T (M, S)
 */
export async function denseCurvature(
  engine: Engine,
  writeRow: WriteRow,
  T: Float64Array,
  { M, S }: Sizes,
  context: RunContext,
): Promise<NdArray<'real'>> {
  const F = new Float64Array(S * S);
  const rowsAtOnce = Math.max(1, Math.min(1024, Math.floor(atOnce / Math.max(M, 1))));
  const mapping = new Float32Array(T);
  if (S === 0) return real(F, [S, S]);
  await inChunks(M, rowsAtOnce, context, async (from, to) => {
    const rows = to - from;
    const W = new Float32Array(rows * M);
    for (let i = from; i < to; i++) writeRow(i, W, (i - from) * M);
    const left = transposed(T, S, from, to);
    const [part] = await engine.run(() => {
      const omega = tf.matMul(tf.tensor2d(W, [rows, M]), tf.tensor2d(mapping, [M, S]));
      return [tf.matMul(tf.tensor2d(left, [S, rows]), omega)];
    });
    addTo(F, part);
  });
  for (let i = 0; i < S; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (F[i * S + j] + F[j * S + i]) / 2;
      F[i * S + j] = mean;
      F[j * S + i] = mean;
    }
  }
  return real(F, [S, S]);
}

export const denseCurvatureFacts: MethodFacts = {
  cost: ({ M, S }: Sizes) => productCost(2 * M * S * (M + S), M * (M + S), Math.ceil((M * M) / atOnce)),
  canRun: ({ M, S }: Sizes) => fits(M * S, 'the mapping matrix'),
};

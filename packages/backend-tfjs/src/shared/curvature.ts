import * as tf from '@tensorflow/tfjs-core';
import { type MethodFacts, type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import { exponentOf, fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { addTo, inChunks } from './chunks.js';
import { fits, productCost } from './costs.js';
import { transposed } from './mapping.js';
import type { Lookup } from './wLookup.js';

/** Numbers of W that are on an engine at a time: 64 MiB. */
const atOnce = 2 ** 24;

/** W (M, M) as numbers to look up. */
export interface Operator {
  readonly values: Float64Array;
  /** Where entry (i, j) is among them. */
  readonly at: Lookup;
}

export function denseOperator({ data, shape: [M] }: NdArray<'real'>): Operator {
  return { values: data, at: (i, j) => i * M + j };
}

/**
 * F = T^t (W T) by dense products, some rows of W at a time, summed in float64.
 *
 * @param mapping T (M, S)
 */
export async function denseCurvature(
  engine: Engine,
  { values, at }: Operator,
  mapping: Float64Array,
  { M, S }: Sizes,
  context: RunContext,
): Promise<NdArray<'real'>> {
  const F = new Float64Array(S * S);
  const rowsAtOnce = Math.max(1, Math.min(1024, Math.floor(atOnce / Math.max(M, 1))));
  if (S === 0) return real(F, [S, S]);
  const T = toFloats(mapping);
  const exponent = exponentOf(values);
  const factor = 2 ** -exponent;
  await inChunks(M, rowsAtOnce, context, async (from, to) => {
    const rows = to - from;
    const W = new Float32Array(rows * M);
    for (let i = from, entry = 0; i < to; i++) for (let j = 0; j < M; j++) W[entry++] = values[at(i, j)] * factor;
    const left = transposed(T.data, S, from, to);
    const [part] = await engine.run(() => {
      const omega = tf.matMul(tf.tensor2d(W, [rows, M]), tf.tensor2d(T.data, [M, S]));
      return [tf.matMul(tf.tensor2d(left, [S, rows]), omega)];
    });
    addTo(F, part, 0);
  });
  return real(fromFloats(F, exponent + 2 * T.exponent), [S, S]);
}

export const denseCurvatureFacts: MethodFacts = {
  cost: ({ M, S }: Sizes) => productCost(2 * M * S * (M + S), M * (M + S), Math.ceil((M * M) / atOnce)),
  canRun: ({ M, S }: Sizes) => fits(M * S, 'the mapping matrix'),
};

import * as tf from '@tensorflow/tfjs-core';
import { type MethodFacts, type NdArray, type RunContext, real, type Sizes } from '@wtilde/core-types';
import { fromFloats, toFloats } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { inChunks } from './chunks.js';
import { fits } from './costs.js';
import type { Lookup } from './wLookup.js';

/** Entries gathered at a time. */
const atOnce = 2 ** 22;

/** W (M, M) gathered from a table. */
export async function gatherW(
  engine: Engine,
  table: NdArray<'real'>,
  lookup: Lookup,
  { M }: Sizes,
  context: RunContext,
): Promise<NdArray<'real'>> {
  const W = new Float64Array(M * M);
  const { data, exponent } = toFloats(table.data);
  await inChunks(M, Math.max(1, Math.floor(atOnce / Math.max(M, 1))), context, async (from, to) => {
    const indices = new Int32Array((to - from) * M);
    for (let i = from, at = 0; i < to; i++) for (let j = 0; j < M; j++) indices[at++] = lookup(i, j);
    const [part] = await engine.run(() => [
      tf.gatherND(tf.tensor1d(data), tf.tensor2d(indices, [indices.length, 1], 'int32')),
    ]);
    W.set(fromFloats(part, exponent), from * M);
  });
  return real(W, [M, M]);
}

export const gatherFacts: MethodFacts = {
  cost: ({ M }: Sizes) => ({ flops: 0, bytes: 16 * M * M, time: 3e5 + 8 * M * M }),
  canRun: ({ M }: Sizes) => fits(M * M, 'W'),
};

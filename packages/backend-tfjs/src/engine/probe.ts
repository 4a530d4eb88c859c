import * as tf from '@tensorflow/tfjs-core';
import { EngineMissing } from './attempt.js';
import type { Engine } from './engine.js';

const side = 64;
const allowed = 1e-5;

/** Multiplies two matrices whose product is known: what an engine must be able to do to be taken. Throws EngineMissing. */
export async function probe(engine: Engine): Promise<void> {
  const a = Float32Array.from({ length: side * side }, (_, at) => Math.sin(at + 1));
  const b = Float32Array.from({ length: side * side }, (_, at) => Math.cos(3 * at));
  const [product] = await multiplied(engine, a, b);
  let worst = 0;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let k = 0; k < side; k++) sum += a[row * side + k] * b[k * side + column];
      worst = Math.max(worst, Math.abs(product[row * side + column] - sum));
    }
  }
  if (worst / side < allowed) return;
  throw new EngineMissing('wrong-result', `a product of matrices is off by ${worst}`, 'use another engine');
}

async function multiplied(engine: Engine, a: Float32Array, b: Float32Array): Promise<Float32Array[]> {
  try {
    return await engine.run(() => [tf.matMul(tf.tensor2d(a, [side, side]), tf.tensor2d(b, [side, side]))]);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    if (/isNullOrUndefined/.test(detail)) {
      const remedy = 'use Node 22 or older, or create the backend with { patchNodeUtil: true }';
      throw new EngineMissing('incompatible-node', `${detail} (removed in Node 23)`, remedy);
    }
    throw new EngineMissing('probe-failed', detail, 'use another engine');
  }
}

import { CompensatedSum } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** Visibilities of an item, as the compiled code has it. */
const PART = 4096;
/** Numbers that an item leaves. */
const LEFT = 8;

/** Sums over the data of visibilities. */
export interface DataSums {
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
  readonly flagged: number;
  /** False where a number is not finite. */
  readonly finite: boolean;
  /** False where a noise is so small or so large that `noiseNormalization` means nothing. */
  readonly within: boolean;
}

/** Weights, strengths and sums over the data, piece by piece. */
export function createWeighing(engine: Engine, arena: Arena, most: number) {
  const left = arena.f64(LEFT * Math.ceil(most / PART));
  const chiSquared0 = new CompensatedSum();
  const logs = new CompensatedSum();
  let [exponents, count, flagged, finite, within] = [0, 0, 0, true, true];
  return {
    /** Two numbers per visibility are read from `uv`, `data` and `noise`. */
    weigh(uv: number, data: number, noise: number, length: number, re: number, im: number, weights: number): void {
      const items = Math.ceil(length / PART);
      engine.each('weighVisibilities', items, 40 * length, uv, data, noise, length, re, im, weights, left);
      const numbers = engine.heap.f64(left, LEFT * items);
      count += length;
      for (let at = 0; at < numbers.length; at += LEFT) {
        chiSquared0.add(numbers[at]);
        logs.add(Math.log(numbers[at + 1]));
        exponents += numbers[at + 2];
        flagged += numbers[at + 3];
        finite &&= numbers[at + 4] === 0;
        within &&= numbers[at + 5] === 0;
      }
    },
    /** Of all pieces. */
    sums(): DataSums {
      logs.add(exponents * Math.LN2);
      logs.add(2 * (count - flagged) * Math.log(2 * Math.PI));
      return { chiSquared0: chiSquared0.value, noiseNormalization: logs.value, flagged, finite, within };
    },
  };
}

import { stage2, stage3, stage4, stage5 } from './fftStages';

/** Sequences that are transformed together. */
export const BATCH = 8;

/**
 * Complex transforms of eight interwoven sequences: Y[f, q] = sum_j X[j, q] exp(-2 pi i f j / length). Number j of
 * sequence q stands at 8 j + q, real parts first and imaginary ones 8 length numbers behind. The stages go back and
 * forth between `data` and `scratch`.
 *
 * @param plan int32: the length, the number of stages, their radices
 * @param twiddles those of the stages one after the other
 * @returns where the result stands; the other array holds rubbish
 */
export function fft(plan: usize, twiddles: usize, data: usize, scratch: usize): usize {
  const length = load<i32>(plan);
  const imaginary = <usize>(8 * BATCH * length);
  let rest = length;
  let stride = BATCH;
  for (let stage = load<i32>(plan, 4); stage > 0; stage--) {
    const radix = load<i32>(plan, 8);
    plan += 4;
    rest /= radix;
    if (radix == 4) stage4(data, data + imaginary, scratch, scratch + imaginary, rest, stride, twiddles);
    else if (radix == 3) stage3(data, data + imaginary, scratch, scratch + imaginary, rest, stride, twiddles);
    else if (radix == 5) stage5(data, data + imaginary, scratch, scratch + imaginary, rest, stride, twiddles);
    else stage2(data, data + imaginary, scratch, scratch + imaginary, rest, stride, twiddles);
    twiddles += <usize>(16 * rest * (radix - 1));
    stride *= radix;
    const other = data;
    data = scratch;
    scratch = other;
  }
  return data;
}

import { type NdArray, real } from '@wtilde/core-types';

/** No picture shows more. */
const most = 20_000;

/** Baselines, (K, 2) piece by piece. */
interface UvSample {
  add(uvWavelengths: NdArray<'real'>): void;
  /** Those that were kept. */
  all(): NdArray<'real'>;
}

/**
 * Keeps the baselines of about `most` of so many visibilities, spread evenly over them, but not at equal steps: those would
 * meet the same antennas or channels again and again.
 */
export function uvSample(count: number): UvSample {
  const share = Math.min(1, most / count);
  const kept: number[] = [];
  let seen = 0;
  return {
    add({ data }) {
      for (let at = 0; at < data.length; at += 2, seen++) {
        // The golden ratio: no period fits its multiples.
        if (share === 1 || (seen * 0.6180339887498949) % 1 < share) kept.push(data[at], data[at + 1]);
      }
    },
    all: () => real(kept, [kept.length / 2, 2]),
  };
}

import type { PreparedDataset } from '../inversion/prepare.js';

/** A prepared dataset whose sums, but for W, are those that are left when gains have been averaged over. */
export function withoutGains<P extends PreparedDataset>(prepared: P): P {
  const { sums, gains } = prepared;
  if (gains === undefined) return prepared;
  const data = sums.dirtyImage.data.map((value, at) => value + gains.dirtyImage.data[at]);
  return {
    ...prepared,
    sums: {
      ...sums,
      dirtyImage: { ...sums.dirtyImage, data },
      chiSquared0: sums.chiSquared0 + gains.chiSquared0,
      noiseNormalization: sums.noiseNormalization + gains.noiseNormalization,
    },
  };
}

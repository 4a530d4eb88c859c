import { real } from '@wtilde/core-types';
import type { GainErrors } from './gainErrors.js';
import type { GainBlock, GainParts } from './gainParts.js';
import { inverseRootOf } from './inverseRoot.js';
import { knownGainsOf } from './knownGains.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** What averaging over gains takes, of the sums over all visibilities. Cost: M n^2 for a block of n antennas. */
export function marginalise(
  { blocks, logGains, begin }: GainParts,
  errors: GainErrors,
  pixels: number,
): MarginalisedGains {
  const { phase, amplitude, interval } = errors;
  const gainOf = knownGainsOf(errors, begin);
  const startOf = (number: number) => (interval === undefined ? begin : begin + number * interval);
  const ordered = [...blocks].sort((a, b) => a.interval - b.interval || (a.kind < b.kind ? 1 : -1));
  const total = ordered.reduce((sum, { antennas }) => sum + antennas.length, 0);
  const columns = new Float64Array(pixels * total);
  const dirtyImage = new Float64Array(pixels);
  const projected = new Float64Array(total);
  const factors = new Float64Array(ordered.reduce((sum, { antennas }) => sum + antennas.length ** 2, 0));
  let chiSquared0 = 0;
  let noiseNormalization = 4 * logGains;
  let [first, at] = [0, 0];
  for (const { kind, interval: number, antennas, gram, response: seen, images } of ordered) {
    const order = antennas.length;
    const response = seen.slice();
    const sigma = (kind === 'phase' ? phase : amplitude) ?? 0;
    // The mean of what is left to find, so that found and left together are normal around 0.
    const mean = antennas.map((antenna) => -gainOf(antenna, number)[kind === 'phase' ? 1 : 0]);
    const G = new Float64Array(order * order);
    for (let i = 0; i < order; i++) {
      let moved = 0;
      for (let j = 0; j < order; j++) {
        G[i * order + j] = gram[i * order + j];
        moved += gram[i * order + j] * mean[j];
      }
      chiSquared0 += mean[i] * (moved - 2 * response[i]);
      response[i] -= moved;
      G[i * order + i] += 1 / sigma ** 2;
      for (let pixel = 0; pixel < pixels; pixel++) dirtyImage[pixel] -= images[i][pixel] * mean[i];
    }
    const { K, logDet } = inverseRootOf(G, order);
    factors.set(K, at);
    noiseNormalization += logDet + 2 * order * Math.log(sigma);
    for (let j = 0; j < order; j++) {
      const q = first + j;
      // K is upper triangular.
      for (let i = 0; i <= j; i++) {
        const k = K[i * order + j];
        projected[q] += k * response[i];
        for (let pixel = 0; pixel < pixels; pixel++) columns[pixel * total + q] += k * images[i][pixel];
      }
      chiSquared0 -= projected[q] ** 2;
      for (let pixel = 0; pixel < pixels; pixel++) dirtyImage[pixel] -= columns[pixel * total + q] * projected[q];
    }
    first += order;
    at += order * order;
  }
  const by = (value: (block: GainBlock) => number) =>
    ordered.flatMap((block) => block.antennas.map(() => value(block)));
  return {
    columns: real(columns, [pixels, total]),
    antennas: { dtype: 'index', shape: [total], data: Int32Array.from(ordered.flatMap(({ antennas }) => antennas)) },
    starts: real(Float64Array.from(by(({ interval: number }) => startOf(number)))),
    amplitudes: {
      dtype: 'bool',
      shape: [total],
      data: Uint8Array.from(by(({ kind }) => (kind === 'phase' ? 0 : 1))),
    },
    factors: real(factors),
    projected: real(projected),
    dirtyImage: real(dirtyImage),
    chiSquared0,
    noiseNormalization,
  };
}

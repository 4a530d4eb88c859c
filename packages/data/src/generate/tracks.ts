import { type NdArray, real } from '@wtilde/core-types';
import { shown } from '../bytes/fileErrors.js';
import { createRandom } from '../random/random.js';
import { type Observation, uvTrack } from './antennas.js';
import { almaKind, smaKind } from './kinds.js';
import { badOption } from './sizes.js';

/** Arrays like those that exist, and the track of a source that they follow. */
export const observations: { readonly sma: Observation; readonly alma: Observation } = {
  sma: smaKind.observation,
  alma: almaKind.observation,
};

/**
 * Baselines (K, 2) of an array that follows a source: every pair of antennas at evenly spaced hour angles. The antennas
 * are placed at random, the same way for the same seed.
 *
 * @throws InvalidOption where the number of visibilities is not a positive integer.
 */
export function uvTrackOf(observation: Observation, count: number, seed = 0): NdArray<'real'> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw badOption('count', 'this is no number of visibilities', 'a positive integer', shown(count));
  }
  const track = uvTrack(observation, count, createRandom(`uvTrackOf/${seed}`));
  const uv = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) track(k, uv, 2 * k);
  return real(uv, [count, 2]);
}

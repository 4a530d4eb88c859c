import type { GainErrors } from './gainErrors.js';

/** The logarithm of the amplitude, and the phase, that are known of an antenna in an interval by its number. */
export type KnownGains = (antenna: number, interval: number) => readonly [logAmplitude: number, phase: number];

/** @param begin the time that intervals are counted from */
export function knownGainsOf({ estimates, interval }: GainErrors, begin: number): KnownGains {
  const known = new Map<string, readonly [number, number]>();
  if (estimates !== undefined) {
    const { antennas, starts, phases, amplitudes } = estimates;
    for (const [at, antenna] of antennas.data.entries()) {
      const number = interval === undefined ? 0 : Math.round((starts.data[at] - begin) / interval);
      known.set(`${antenna} ${number}`, [amplitudes.data[at], phases.data[at]]);
    }
  }
  return (antenna, number) => known.get(`${antenna} ${number}`) ?? [0, 0];
}

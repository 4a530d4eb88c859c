/** What is taken of an observation, and how it is averaged. */
import { type AbortSignalLike, WtildeError } from '@wtilde/core-types';
import { optionsOf, shown } from '../bytes/fileErrors.js';

/** From a, up to b. */
export type Range = readonly [number, number];

/** Options of {@link importUvfits}. All may be left out. */
export interface ImportOptions {
  /** The name of a source of the table AIPS SU; needed where a file has several. */
  readonly source?: string | undefined;
  /** `I` (the default), or what the file has: RR, XX, Q, ... */
  readonly stokes?: string | undefined;
  /** Channels a to b - 1 of every spectral window, from 0. */
  readonly channels?: Range | undefined;
  /** Spectral windows a to b - 1, from 0. */
  readonly windows?: Range | undefined;
  /** Baselines from a to b wavelengths. */
  readonly uvRange?: Range | undefined;
  /** From a to b seconds after the first integration of the file. */
  readonly times?: Range | undefined;
  /** Channels that make one visibility, within their window. Default 1. */
  readonly averageChannels?: number | undefined;
  /** Seconds of a baseline that make one visibility. Default: integrations as they are. */
  readonly averageTime?: number | undefined;
  /**
   * Arcsec from the phase centre: no baseline is averaged over more seconds than lose 1 % of a point there, so that
   * `averageTime` is that of short baselines. By default all are averaged alike.
   */
  readonly field?: number | undefined;
  /** Whether chunks tell the antennas and the time of every visibility, which `gainErrors` of an inversion need. */
  readonly antennas?: boolean | undefined;
  /** Whether imaginary parts change their sign. Default true: UVFITS files have the opposite sign of the transform. */
  readonly conjugate?: boolean | undefined;
  /** `weights` (the default): 1 / sqrt(weight). `differences`: as neighbouring integrations tell, see {@link NoiseGroup}. */
  readonly noise?: 'weights' | 'differences' | undefined;
  /** What noise is estimated for: antennas (the default), whose factors multiply, or baselines, each for itself. */
  readonly noiseGroups?: 'antenna' | 'baseline' | undefined;
}

/** How long passes over a file report themselves, and are stopped. */
export interface PassControl {
  readonly signal?: AbortSignalLike | undefined;
  /** Groups done of all, in every pass. */
  readonly onProgress?: ((done: number, total: number, pass: 'noise' | 'visibilities') => void) | undefined;
}

/** A range of an axis; throws InvalidOption where it takes none of it. */
export function rangeOf(range: Range | undefined, extent: number, where: string): Range {
  const [from, to] = range ?? [0, extent];
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= extent) return [from, to];
  throw wrong(where, `a range within 0:${extent}`, `${shown(from)}:${shown(to)}`);
}

/** Throws InvalidOption where a range of lengths or times takes nothing. */
export function checkRange(range: Range | undefined, where: string): void {
  if (range === undefined || (range[0] >= 0 && range[0] < range[1])) return;
  throw wrong(where, 'two numbers from 0, the second larger', range.map(shown).join(':'));
}

/** Throws InvalidOption for what is no number above 0. */
export function checkPositive(value: number | undefined, where: string, whole = false): void {
  if (value === undefined || (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value)))) return;
  throw wrong(where, whole ? 'a whole number from 1' : 'a number above 0', shown(value));
}

function wrong(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the value makes no sense here',
    where,
    expected,
    actual,
    remedy: 'correct it or leave the option out',
  });
}

/** Throws InvalidOption for an option that is not known, or a way to have the noise that there is not. */
export function checkedOptions(options: ImportOptions, where: string): ImportOptions {
  const known = optionsOf(options, where);
  for (const [name, value, values] of [
    ['noise', known.noise, ['weights', 'differences']],
    ['noiseGroups', known.noiseGroups, ['antenna', 'baseline']],
  ] as const) {
    if (value === undefined || values.some((each) => each === value)) continue;
    throw new WtildeError('InvalidOption', {
      what: 'the value makes no sense',
      where: name,
      expected: values.join(' or '),
      actual: String(value),
      remedy: 'correct it or leave the option out',
    });
  }
  return known;
}

/** Integrations of baselines, as far as they are selected, with their channels averaged. */
import { WtildeError } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import type { UvfitsGroups } from '../uvfits/groups.js';
import type { Uvfits } from '../uvfits/open.js';
import { checkPositive, checkRange, type ImportOptions, rangeOf } from './options.js';

/** One integration of a baseline: of every bin of channels its visibility. It is used again for the next. */
export interface Integration {
  baseline: number;
  antenna1: number;
  antenna2: number;
  subarray: number;
  /** The modified Julian date in seconds, and for how many; NaN where the file does not tell. */
  readonly clock: Float64Array;
  /** u, v and w in seconds. In arrays: as numbers of an object they would be garbage, one after the other. */
  readonly uvw: Float64Array;
  /** By bins; a weight of 0 where nothing is left. Frequencies are means by weight. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly weight: Float64Array;
  readonly frequency: Float64Array;
}

/** How many visibilities of the file, channels counted each, are where. */
export interface Counts {
  /** All. */
  read: number;
  /** Of other sources, times, channels, windows or baselines than those selected. */
  notSelected: number;
  /** Of an antenna with itself. */
  autocorrelations: number;
  flagged: number;
  used: number;
}

export interface Selector {
  readonly bins: number;
  /** Hz, the widest bin. */
  readonly binWidth: number;
  readonly counts: Counts;
  /** Calls back for every integration that has visibilities left. */
  each(groups: UvfitsGroups, visit: (integration: Integration) => void): void;
}

/** Light takes 10 s for 3e9 m; space VLBI has had 1.2 s. */
const longestSeconds = 10;

/** @throws InvalidOption for what the file does not have. */
export function selectorOf(file: Uvfits, options: ImportOptions): Selector {
  const channels = rangeOf(options.channels, file.channels, 'channels');
  const windows = rangeOf(options.windows, file.ifs, 'windows');
  checkRange(options.uvRange, 'uvRange');
  checkRange(options.times, 'times');
  checkPositive(options.averageTime, 'averageTime');
  checkPositive(options.field, 'field');
  checkPositive(options.averageChannels, 'averageChannels', true);
  const perBin = Math.min(options.averageChannels ?? 1, channels[1] - channels[0]);
  const binsOfWindow = Math.ceil((channels[1] - channels[0]) / perBin);
  const bins = binsOfWindow * (windows[1] - windows[0]);
  const isSource = sourceFilter(file, options.source);
  const [shortest, longest] = options.uvRange ?? [0, Number.POSITIVE_INFINITY];
  const [from, to] = options.times ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const counts: Counts = { read: 0, notSelected: 0, autocorrelations: 0, flagged: 0, used: 0 };
  const perGroup = file.ifs * file.channels;
  const selected = (windows[1] - windows[0]) * (channels[1] - channels[0]);
  const frequencies = new Map<number, Float64Array>();
  let begin = Number.NaN;
  let binWidth = 0;

  function frequenciesFor(setup: number, source: number): Float64Array {
    const key = setup * 65536 + source;
    const before = frequencies.get(key);
    if (before !== undefined) return before;
    const found = file.frequenciesOf(setup, source);
    frequencies.set(key, found);
    if (file.channels > 1) binWidth = Math.max(binWidth, perBin * Math.abs(found[1] - found[0]));
    return found;
  }

  const [uvw, clock] = [new Float64Array(3), new Float64Array(2)];
  const integration: Integration = {
    baseline: 0,
    antenna1: 0,
    antenna2: 0,
    subarray: 0,
    clock,
    uvw,
    re: new Float64Array(bins),
    im: new Float64Array(bins),
    weight: new Float64Array(bins),
    frequency: new Float64Array(bins),
  };
  const { re, im, weight, frequency } = integration;

  function take(groups: UvfitsGroups, g: number): boolean {
    const hertz = frequenciesFor(groups.setup[g], groups.source[g]);
    const seconds = Math.sqrt(groups.u[g] ** 2 + groups.v[g] ** 2);
    // NaN included.
    if (!(seconds < longestSeconds)) throw noBaseline(file.where, groups.first + g, groups.u[g], groups.v[g]);
    let any = false;
    let bin = 0;
    for (let window = windows[0]; window < windows[1]; window++) {
      const start = window * file.channels;
      for (let first = channels[0]; first < channels[1]; first += perBin, bin++) {
        let sumRe = 0;
        let sumIm = 0;
        let sum = 0;
        let sumHertz = 0;
        const last = Math.min(first + perBin, channels[1]);
        for (let channel = first; channel < last; channel++) {
          const length = seconds * hertz[start + channel];
          if (length < shortest || length > longest) {
            counts.notSelected += 1;
            continue;
          }
          const at = g * perGroup + start + channel;
          const w = groups.weight[at];
          if (w === 0) {
            counts.flagged += 1;
            continue;
          }
          counts.used += 1;
          sumRe += w * groups.re[at];
          sumIm += w * groups.im[at];
          sumHertz += w * hertz[start + channel];
          sum += w;
        }
        weight[bin] = sum;
        if (sum === 0) continue;
        any = true;
        re[bin] = sumRe / sum;
        im[bin] = sumIm / sum;
        frequency[bin] = sumHertz / sum;
      }
    }
    return any;
  }

  return {
    bins,
    counts,
    get binWidth() {
      return binWidth;
    },
    each(groups, visit) {
      for (let g = 0; g < groups.count; g++) {
        counts.read += perGroup;
        const time = groups.time[g];
        if (Number.isNaN(begin)) begin = time;
        const after = time - begin;
        if (!isSource(groups.source[g]) || after < from || after > to) {
          counts.notSelected += perGroup;
          continue;
        }
        counts.notSelected += perGroup - selected;
        integration.antenna1 = groups.antenna1[g];
        integration.antenna2 = groups.antenna2[g];
        integration.subarray = groups.subarray[g];
        if (integration.antenna1 === integration.antenna2 && integration.antenna1 >= 0) {
          counts.autocorrelations += selected;
          continue;
        }
        if (!take(groups, g)) continue;
        // 32 bits where there is one subarray: an engine keeps such numbers without garbage.
        integration.baseline =
          (integration.subarray - 1) * 2 ** 32 + integration.antenna1 * 65536 + integration.antenna2;
        clock[0] = time;
        clock[1] = groups.interval[g];
        uvw[0] = groups.u[g];
        uvw[1] = groups.v[g];
        uvw[2] = groups.w[g];
        visit(integration);
      }
    },
  };
}

function sourceFilter(file: Uvfits, name: string | undefined): (source: number) => boolean {
  const { sources, object } = file;
  const names = sources.map((each) => each.name).join(', ');
  if (name === undefined) {
    if (sources.length < 2) return () => true;
    throw wrongSource(
      'the file holds several sources',
      names,
      'none',
      'name one of them (--source on the command line)',
    );
  }
  const ids = new Set(sources.filter((each) => each.name === name).map(({ id }) => id));
  if (ids.size > 0) return (source) => ids.has(source) || source < 0;
  if (sources.length === 0 && (object === undefined || object === name)) return () => true;
  throw wrongSource('the file holds no such source', names || String(object), name, 'name one that it holds');
}

function wrongSource(what: string, names: string, actual: string, remedy: string): WtildeError {
  return new WtildeError('InvalidOption', { what, where: 'source', expected: `one of ${names}`, actual, remedy });
}

function noBaseline(where: string, group: number, u: number, v: number): WtildeError {
  return malformed(where, 'a baseline has an impossible length', {
    expected: 'UU and VV in seconds that light takes',
    actual: `${u} and ${v} of group ${group} (from 0)`,
    remedy: 'export the visibilities again: baselines may be in metres or wavelengths',
  });
}

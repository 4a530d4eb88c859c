/** Integrations averaged in time, as visibilities in chunks. */
import { complex, index, real } from '@wtilde/core-types';
import type { Visibilities } from '../fits/triple.js';
import type { Integration } from './integrations.js';

/** Takes a visibility: u, v and w in wavelengths, its parts, and the standard deviation of either; antennas and time. */
export type TakeRow = (
  u: number,
  v: number,
  w: number,
  re: number,
  im: number,
  sigma: number,
  antenna1: number,
  antenna2: number,
  time: number,
) => void;

/** Makes chunks of rows. */
export interface ChunkBuilder {
  readonly add: TakeRow;
  /** The chunks that are full; all of them at the end. */
  taken(all: boolean): readonly Visibilities[];
}

/** @param told whether chunks tell antennas and times */
export function createChunkBuilder(size: number, told = false): ChunkBuilder {
  let rows = 0;
  /** Most chunks but the last are full. */
  let least = 2048;
  let [data, noise, uv] = [new Float64Array(0), new Float64Array(0), new Float64Array(0)];
  let [antennas, times] = [new Int32Array(0), new Float64Array(0)];
  let full: Visibilities[] = [];
  const grow = () => {
    const length = Math.min(2 * size, Math.max(least, 4 * rows));
    const grown = (values: Float64Array) => {
      const larger = new Float64Array(length);
      larger.set(values);
      return larger;
    };
    [data, noise, uv] = [grown(data), grown(noise), grown(uv)];
    if (!told) return;
    const [all, when] = [new Int32Array(length), new Float64Array(length / 2)];
    all.set(antennas);
    when.set(times);
    [antennas, times] = [all, when];
  };
  const close = () => {
    full.push({
      data: complex(data.subarray(0, 2 * rows), [rows]),
      noiseMap: complex(noise.subarray(0, 2 * rows), [rows]),
      uvWavelengths: real(uv.subarray(0, 2 * rows), [rows, 2]),
      ...(told && {
        antennas: index(antennas.subarray(0, 2 * rows), [rows, 2]),
        times: real(times.subarray(0, rows)),
      }),
    });
    [data, noise, uv] = [new Float64Array(0), new Float64Array(0), new Float64Array(0)];
    [antennas, times] = [new Int32Array(0), new Float64Array(0)];
    rows = 0;
    least = 2 * size;
  };
  return {
    add(u, v, _, re, im, sigma, antenna1, antenna2, time) {
      const at = 2 * rows;
      if (at === data.length) grow();
      data[at] = re;
      data[at + 1] = im;
      noise[at] = sigma;
      noise[at + 1] = sigma;
      uv[at] = u;
      uv[at + 1] = v;
      if (told) {
        antennas[at] = antenna1;
        antennas[at + 1] = antenna2;
        times[rows] = time;
      }
      rows += 1;
      if (rows === size) close();
    },
    taken(all) {
      if (all && rows > 0) close();
      const chunks = full;
      full = [];
      return chunks;
    },
  };
}

export interface TimeAverage {
  take(integration: Integration, factor: number): void;
  /** What has not been given away yet. */
  finish(): void;
}

/** As `Visibilities` has them. */
function antennasOf({ antenna1, antenna2, subarray }: Integration): readonly [number, number] {
  const first = 65536 * (subarray - 1);
  return [antenna1 < 0 ? -1 : first + antenna1, antenna2 < 0 ? -1 : first + antenna2];
}

/** Sums of a baseline over the integrations that make one visibility of every bin. */
interface Pending {
  start: number;
  readonly antenna1: number;
  readonly antenna2: number;
  /** By bins: weight, and weight times re, im, u, v and w in wavelengths. */
  readonly sums: Float64Array;
}

const sumsPerBin = 6;

/**
 * Means by weight of the integrations of a baseline whose times are within so many seconds of the first; every integration
 * for itself where that is undefined. `factor` is by how much the noise is larger than the weights say.
 *
 * Memory: six numbers for every bin of every baseline.
 *
 * The time of a mean is that of its first integration.
 */
export function createTimeAverage(
  secondsOf: (integration: Integration) => number | undefined,
  conjugate: boolean,
  give: TakeRow,
): TimeAverage {
  const sign = conjugate ? -1 : 1;
  const pending = new Map<number, Pending>();

  function flush({ sums, start, antenna1, antenna2 }: Pending): void {
    for (let at = 0; at < sums.length; at += sumsPerBin) {
      const weight = sums[at];
      if (weight === 0) continue;
      const mean = (sum: number) => sums[at + sum] / weight;
      give(mean(3), mean(4), mean(5), mean(1), mean(2), 1 / Math.sqrt(weight), antenna1, antenna2, start);
    }
    sums.fill(0);
  }

  function single(integration: Integration, factor: number): void {
    const { re, im, weight, frequency, u, v, w, time } = integration;
    const [antenna1, antenna2] = antennasOf(integration);
    for (let bin = 0; bin < weight.length; bin++) {
      if (weight[bin] === 0) continue;
      const hertz = frequency[bin];
      const sigma = factor / Math.sqrt(weight[bin]);
      give(u * hertz, v * hertz, w * hertz, re[bin], sign * im[bin], sigma, antenna1, antenna2, time);
    }
  }

  function add(sums: Float64Array, { re, im, weight, frequency, u, v, w }: Integration, factor: number): void {
    for (let bin = 0, at = 0; bin < weight.length; bin++, at += sumsPerBin) {
      const share = weight[bin] / (factor * factor);
      sums[at] += share;
      sums[at + 1] += share * re[bin];
      sums[at + 2] += share * sign * im[bin];
      sums[at + 3] += share * u * frequency[bin];
      sums[at + 4] += share * v * frequency[bin];
      sums[at + 5] += share * w * frequency[bin];
    }
  }

  return {
    take(integration, factor) {
      const { baseline, time, weight } = integration;
      const seconds = secondsOf(integration);
      if (seconds === undefined) return single(integration, factor);
      let open = pending.get(baseline);
      if (open === undefined) {
        const [antenna1, antenna2] = antennasOf(integration);
        open = { start: time, antenna1, antenna2, sums: new Float64Array(sumsPerBin * weight.length) };
        pending.set(baseline, open);
      }
      // Dates are fractions of days in 32 bits, often: right to 5 ms. NaN and times that go back begin anew.
      const slack = Math.min(0.01, 0.01 * seconds);
      if (!(time >= open.start && time - open.start < seconds - slack)) {
        flush(open);
        open.start = time;
      }
      add(open.sums, integration, factor);
    },
    finish() {
      for (const open of pending.values()) flush(open);
      pending.clear();
    },
  };
}

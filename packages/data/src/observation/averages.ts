/** Integrations averaged in time, as visibilities in chunks. */
import { complex, index, real } from '@wtilde/core-types';
import type { Visibilities } from '../fits/triple.js';
import type { Integration } from './integrations.js';

/**
 * Takes a visibility: u, v and w in wavelengths, its parts, the standard deviation of either, its antennas and time. As one
 * array, used again for the next: numbers as arguments would be garbage, a gigabyte for ten million visibilities.
 */
export type TakeRow = (row: Float64Array) => void;

/** Numbers of a row. */
export const rowLength = 9;

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
    add(row) {
      const at = 2 * rows;
      if (at === data.length) grow();
      uv[at] = row[0];
      uv[at + 1] = row[1];
      data[at] = row[3];
      data[at + 1] = row[4];
      noise[at] = row[5];
      noise[at + 1] = row[5];
      if (told) {
        antennas[at] = row[6];
        antennas[at + 1] = row[7];
        times[rows] = row[8];
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

/** An antenna as `Visibilities` has it. */
function antennaOf(antenna: number, subarray: number): number {
  return antenna < 0 ? -1 : 65536 * (subarray - 1) + antenna;
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
  const row = new Float64Array(rowLength);

  function flush({ sums, start, antenna1, antenna2 }: Pending): void {
    for (let at = 0; at < sums.length; at += sumsPerBin) {
      const weight = sums[at];
      if (weight === 0) continue;
      for (let i = 0; i < 3; i++) row[i] = sums[at + 3 + i] / weight;
      row[3] = sums[at + 1] / weight;
      row[4] = sums[at + 2] / weight;
      row[5] = 1 / Math.sqrt(weight);
      row[6] = antenna1;
      row[7] = antenna2;
      row[8] = start;
      give(row);
    }
    sums.fill(0);
  }

  function single(integration: Integration, factor: number): void {
    const { re, im, weight, frequency, uvw, antenna1, antenna2, subarray } = integration;
    row[6] = antennaOf(antenna1, subarray);
    row[7] = antennaOf(antenna2, subarray);
    row[8] = integration.clock[0];
    for (let bin = 0; bin < weight.length; bin++) {
      if (weight[bin] === 0) continue;
      const hertz = frequency[bin];
      row[0] = uvw[0] * hertz;
      row[1] = uvw[1] * hertz;
      row[2] = uvw[2] * hertz;
      row[3] = re[bin];
      row[4] = sign * im[bin];
      row[5] = factor / Math.sqrt(weight[bin]);
      give(row);
    }
  }

  function add(sums: Float64Array, { re, im, weight, frequency, uvw }: Integration, factor: number): void {
    for (let bin = 0, at = 0; bin < weight.length; bin++, at += sumsPerBin) {
      const share = weight[bin] / (factor * factor);
      sums[at] += share;
      sums[at + 1] += share * re[bin];
      sums[at + 2] += share * sign * im[bin];
      for (let i = 0; i < 3; i++) sums[at + 3 + i] += share * uvw[i] * frequency[bin];
    }
  }

  return {
    take(integration, factor) {
      const { baseline, clock, weight } = integration;
      const time = clock[0];
      const seconds = secondsOf(integration);
      if (seconds === undefined) return single(integration, factor);
      let open = pending.get(baseline);
      if (open === undefined) {
        const { antenna1, antenna2, subarray } = integration;
        open = {
          start: time,
          antenna1: antennaOf(antenna1, subarray),
          antenna2: antennaOf(antenna2, subarray),
          sums: new Float64Array(sumsPerBin * weight.length),
        };
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

/** Groups as numbers. */
import type { GroupLayout } from './layout.js';
import type { ParameterName, Term } from './parameters.js';

/**
 * Some groups of a UVFITS file. What a group has once is an array of `count`, and -1 or NaN where the file does not tell;
 * visibilities are arrays of count x windows x channels.
 */
export interface UvfitsGroups {
  /** Which group of the file is the first. */
  readonly first: number;
  readonly count: number;
  /** In seconds: times a frequency in Hz, wavelengths. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly w: Float64Array;
  /** Modified Julian date in seconds. */
  readonly time: Float64Array;
  /** Integration time in seconds. */
  readonly interval: Float64Array;
  readonly antenna1: Int32Array;
  readonly antenna2: Int32Array;
  /** From 1. */
  readonly subarray: Int32Array;
  readonly source: Int32Array;
  /** FREQSEL. */
  readonly setup: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** 1 / sigma^2 of real and of imaginary part; 0 where flagged: a weight that is not above 0, or values that are none. */
  readonly weight: Float64Array;
}

/** Nothing that was measured is beyond; squares of these are numbers still. */
const [least, most] = [1e-60, 1e60];

const secondsPerDay = 86400;
/** Julian date of the modified one's zero. */
const mjdZero = 2400000.5;

/** Reads groups from their bytes; visibilities are the weighted mean over some places of the axis STOKES. */
export function decoderOf(
  layout: GroupLayout,
  hands: readonly number[],
): (bytes: Uint8Array, first: number, count: number) => UvfitsGroups {
  const { axes, type, valuesPerGroup, parametersPerGroup, parameters, scale, zero, blank } = layout;
  const { complex, stokes, freq, if: windows } = axes;
  const perGroup = windows.extent * freq.extent;
  const places = new Float64Array(perGroup);
  for (let window = 0; window < windows.extent; window++) {
    for (let channel = 0; channel < freq.extent; channel++) {
      places[window * freq.extent + channel] = window * windows.stride + channel * freq.stride;
    }
  }
  const offsets = hands.map((hand) => hand * stokes.stride);
  const { stride, extent } = complex;
  const weighted = extent === 3;

  return (bytes, first, count) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const stored = (at: number) => type.read(view, at * type.bytes);
    const valued = (at: number) => {
      const value = stored(at);
      return value === blank ? Number.NaN : zero + scale * value;
    };
    const parameter = (name: ParameterName, absent: number) => {
      const terms = parameters.get(name);
      const values = new Float64Array(count).fill(absent);
      if (terms !== undefined) for (let g = 0; g < count; g++) values[g] = sumOf(terms, stored, g * valuesPerGroup);
      return values;
    };
    const re = new Float64Array(count * perGroup);
    const im = new Float64Array(count * perGroup);
    const weight = new Float64Array(count * perGroup);
    for (let g = 0; g < count; g++) {
      const start = g * valuesPerGroup + parametersPerGroup;
      for (let place = 0; place < perGroup; place++) {
        let [sumRe, sumIm, sum] = [0, 0, 0];
        for (const offset of offsets) {
          const at = start + places[place] + offset;
          const w = weighted ? valued(at + 2 * stride) : 1;
          const [x, y] = [valued(at), valued(at + stride)];
          // Flagged, NaN included: what a flagged visibility holds may be anything.
          if (!(w > least && w < most && Math.abs(x) < most && Math.abs(y) < most)) continue;
          sumRe += w * x;
          sumIm += w * y;
          sum += w;
        }
        if (sum === 0) continue;
        const to = g * perGroup + place;
        re[to] = sumRe / sum;
        im[to] = sumIm / sum;
        weight[to] = sum;
      }
    }
    const [antenna1, antenna2, subarray] = antennasOf(count, parameter);
    return {
      first,
      count,
      u: parameter('UU', 0),
      v: parameter('VV', 0),
      w: parameter('WW', 0),
      time: datesOf(parameters.get('DATE'), stored, count, valuesPerGroup),
      interval: parameter('INTTIM', Number.NaN),
      antenna1,
      antenna2,
      subarray,
      source: Int32Array.from(parameter('SOURCE', -1), Math.round),
      setup: Int32Array.from(parameter('FREQSEL', -1), Math.round),
      re,
      im,
      weight,
    };
  };
}

function sumOf(terms: readonly Term[], stored: (at: number) => number, start: number): number {
  let sum = 0;
  for (const { at, scale, zero } of terms) sum += zero + scale * stored(start + at);
  return sum;
}

/** Julian dates lose milliseconds as one number, so their parts are added less the days to the modified date first. */
function datesOf(
  terms: readonly Term[] | undefined,
  stored: (at: number) => number,
  count: number,
  valuesPerGroup: number,
): Float64Array {
  const time = new Float64Array(count).fill(Number.NaN);
  if (terms === undefined) return time;
  const zeros = terms.reduce((sum, { zero }) => sum + zero, 0);
  for (let g = 0; g < count; g++) {
    let day = zeros - mjdZero;
    for (const { at, scale } of terms) day += scale * stored(g * valuesPerGroup + at);
    // Some writers give modified dates.
    time[g] = (day < -1e6 ? day + mjdZero : day) * secondsPerDay;
  }
  return time;
}

/**
 * BASELINE is 256 a1 + a2, or 65536 + 2048 a1 + a2 for antennas beyond 255, both plus (subarray - 1) / 100; or antennas
 * and subarray have parameters of their own.
 */
function antennasOf(
  count: number,
  parameter: (name: ParameterName, absent: number) => Float64Array,
): readonly [Int32Array, Int32Array, Int32Array] {
  const own = [parameter('ANTENNA1', -1), parameter('ANTENNA2', -1), parameter('SUBARRAY', -1)];
  const baseline = parameter('BASELINE', -1);
  const antennas = [new Int32Array(count), new Int32Array(count), new Int32Array(count)] as const;
  for (let g = 0; g < count; g++) {
    const code = baseline[g];
    const whole = Math.floor(code + 1e-3);
    const [base, rest] = whole > 65536 ? [2048, whole - 65536] : [256, whole];
    const subarray = code > 0 ? 1 + Math.round(100 * (code - whole)) : 1;
    const told = code > 0 ? [Math.floor(rest / base), rest % base, subarray] : [-1, -1, 1];
    for (let part = 0; part < 3; part++) antennas[part][g] = own[part][g] > 0 ? Math.round(own[part][g]) : told[part];
  }
  return antennas;
}

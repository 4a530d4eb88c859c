/** Groups as numbers. */
import type { GroupLayout } from './layout.js';
import type { ParameterName, Term } from './parameters.js';

/**
 * Some groups of a UVFITS file, until the next ones are asked for: the arrays are used again. What a group has once is an array of `count`, and -1 or NaN where the file does not tell;
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
const [least, largest] = [1e-60, 1e60];

const secondsPerDay = 86400;
/** Julian date of the modified one's zero. */
const mjdZero = 2400000.5;

/**
 * Reads groups from their bytes, at most so many at once; visibilities are the weighted mean over some places of the axis
 * STOKES. The arrays are used again by the next call: there would be more garbage than data.
 */
export function decoderOf(
  layout: GroupLayout,
  hands: readonly number[],
  most: number,
): (bytes: Uint8Array, first: number, count: number) => UvfitsGroups {
  const { axes, valuesPerGroup, parametersPerGroup, parameters } = layout;
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
  const stored = new Float64Array(most * valuesPerGroup);
  const numbers = () => new Float64Array(most);
  const once = { u: numbers(), v: numbers(), w: numbers(), time: numbers(), interval: numbers() };
  const codes = { baseline: numbers(), antenna1: numbers(), antenna2: numbers(), subarray: numbers() };
  const [source, setup] = [numbers(), numbers()];
  const whole = () => new Int32Array(most);
  const ids = { antenna1: whole(), antenna2: whole(), subarray: whole(), source: whole(), setup: whole() };
  const re = new Float64Array(most * perGroup);
  const im = new Float64Array(most * perGroup);
  const weight = new Float64Array(most * perGroup);
  const unstored = fetcherOf(layout);

  function take(name: ParameterName, values: Float64Array, count: number, absent: number): void {
    const terms = parameters.get(name);
    if (terms === undefined) values.fill(absent);
    else for (let g = 0; g < count; g++) values[g] = sumOf(terms, stored, g * valuesPerGroup);
  }

  function visibilities(count: number): void {
    for (let g = 0; g < count; g++) {
      const start = g * valuesPerGroup + parametersPerGroup;
      for (let place = 0; place < perGroup; place++) {
        let sumRe = 0;
        let sumIm = 0;
        let sum = 0;
        for (let hand = 0; hand < offsets.length; hand++) {
          const at = start + places[place] + offsets[hand];
          const w = weighted ? stored[at + 2 * stride] : 1;
          const x = stored[at];
          const y = stored[at + stride];
          // Flagged, NaN included: what a flagged visibility holds may be anything.
          if (!(w > least && w < largest && Math.abs(x) < largest && Math.abs(y) < largest)) continue;
          sumRe += w * x;
          sumIm += w * y;
          sum += w;
        }
        const to = g * perGroup + place;
        re[to] = sum === 0 ? 0 : sumRe / sum;
        im[to] = sum === 0 ? 0 : sumIm / sum;
        weight[to] = sum;
      }
    }
  }

  return (bytes, first, count) => {
    unstored(bytes, count, stored);
    visibilities(count);
    take('UU', once.u, count, 0);
    take('VV', once.v, count, 0);
    take('WW', once.w, count, 0);
    take('INTTIM', once.interval, count, Number.NaN);
    takeDates(parameters.get('DATE'), stored, count, valuesPerGroup, once.time);
    take('BASELINE', codes.baseline, count, -1);
    take('ANTENNA1', codes.antenna1, count, -1);
    take('ANTENNA2', codes.antenna2, count, -1);
    take('SUBARRAY', codes.subarray, count, -1);
    takeAntennas(count, codes, ids);
    take('SOURCE', source, count, -1);
    take('FREQSEL', setup, count, -1);
    for (let g = 0; g < count; g++) {
      ids.source[g] = Math.round(source[g]);
      ids.setup[g] = Math.round(setup[g]);
    }
    return { first, count, ...once, ...ids, re, im, weight };
  };
}

/** Numbers of some groups: parameters as they are stored, data scaled. */
function fetcherOf({ type, valuesPerGroup, parametersPerGroup, scale, zero, blank }: GroupLayout) {
  const scaled = scale !== 1 || zero !== 0 || blank !== undefined;
  return (bytes: Uint8Array, count: number, to: Float64Array): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const values = count * valuesPerGroup;
    // The type that nearly all files have, without a call for every number.
    if (type.bytes === 4 && !type.integer) for (let i = 0; i < values; i++) to[i] = view.getFloat32(4 * i);
    else for (let i = 0; i < values; i++) to[i] = type.read(view, i * type.bytes);
    if (!scaled) return;
    for (let i = 0; i < values; i++) {
      if (i % valuesPerGroup < parametersPerGroup) continue;
      to[i] = to[i] === blank ? Number.NaN : zero + scale * to[i];
    }
  };
}

function sumOf(terms: readonly Term[], stored: Float64Array, start: number): number {
  let sum = 0;
  for (let term = 0; term < terms.length; term++) {
    const { at, scale, zero } = terms[term];
    sum += zero + scale * stored[start + at];
  }
  return sum;
}

/** Julian dates lose milliseconds as one number, so their parts are added less the days to the modified date first. */
function takeDates(
  terms: readonly Term[] | undefined,
  stored: Float64Array,
  count: number,
  valuesPerGroup: number,
  time: Float64Array,
): void {
  if (terms === undefined) {
    time.fill(Number.NaN);
    return;
  }
  const zeros = terms.reduce((sum, { zero }) => sum + zero, 0);
  for (let g = 0; g < count; g++) {
    let day = zeros - mjdZero;
    for (const { at, scale } of terms) day += scale * stored[g * valuesPerGroup + at];
    // Some writers give modified dates.
    time[g] = (day < -1e6 ? day + mjdZero : day) * secondsPerDay;
  }
}

type Antennas<A> = { readonly antenna1: A; readonly antenna2: A; readonly subarray: A };

/**
 * BASELINE is 256 a1 + a2, or 65536 + 2048 a1 + a2 for antennas beyond 255, both plus (subarray - 1) / 100; or antennas
 * and subarray have parameters of their own.
 */
function takeAntennas(
  count: number,
  { baseline, antenna1, antenna2, subarray }: Antennas<Float64Array> & { readonly baseline: Float64Array },
  to: Antennas<Int32Array>,
): void {
  for (let g = 0; g < count; g++) {
    const code = baseline[g];
    const told = code > 0;
    const whole = Math.floor(code + 1e-3);
    const base = whole > 65536 ? 2048 : 256;
    const rest = whole > 65536 ? whole - 65536 : whole;
    to.antenna1[g] = antenna1[g] > 0 ? Math.round(antenna1[g]) : told ? Math.floor(rest / base) : -1;
    to.antenna2[g] = antenna2[g] > 0 ? Math.round(antenna2[g]) : told ? rest % base : -1;
    to.subarray[g] = subarray[g] > 0 ? Math.round(subarray[g]) : told ? 1 + Math.round(100 * (code - whole)) : 1;
  }
}

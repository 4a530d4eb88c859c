import { type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { type Block, blocksOf, type MarginalisedGains } from './marginalisedGains.js';

/** Gains of antennas, most probable for the visibilities and a source. All arrays are of one length. */
export interface GainEstimates {
  /** Antennas, each as often as it has intervals: 65536 (subarray - 1) + number. */
  readonly antennas: NdArray<'index'>;
  /** Where their intervals begin, in seconds as the times of the visibilities. */
  readonly starts: NdArray<'real'>;
  /** In radians: the first antenna of a visibility adds its phase, the second takes it away. */
  readonly phases: NdArray<'real'>;
  readonly phaseErrors: NdArray<'real'>;
  /** Logarithms. */
  readonly amplitudes: NdArray<'real'>;
  readonly amplitudeErrors: NdArray<'real'>;
}

/** Throws the typed error of what is wrong with them. */
export function checkGainEstimates(estimates: GainEstimates, where: string): void {
  const all = {
    antennas: true,
    starts: true,
    phases: true,
    phaseErrors: false,
    amplitudes: true,
    amplitudeErrors: false,
  };
  checkNames(estimates, all, where);
  checkArray(estimates.antennas, ['index'], ['gains'], `${where} antennas`);
  const shape = estimates.antennas.shape;
  for (const name of ['starts', 'phases', 'amplitudes'] as const) {
    checkArray(estimates[name], ['real'], shape, `${where} ${name}`);
  }
}

/**
 * The gains that go with a source s: p = K (y - U^t T s), with the covariance K (1 + X^t (F + H)^-1 X) K^t, X = T^t U (S, Q).
 *
 * @param image (M) T s
 * @param columns X
 * @param solve (F + H)^-1 times a vector (S)
 */
export function gainEstimatesOf(
  gains: MarginalisedGains,
  image: Float64Array,
  columns: Float64Array,
  solve: (vector: Float64Array) => Float64Array,
): GainEstimates {
  const blocks = blocksOf(gains);
  const seen = projectedOn(gains, image);
  const total = seen.length;
  const sources = columns.length / total;
  /** By antenna and interval, the place in the results. */
  const places = new Map<string, number>();
  const found: { antenna: number; start: number; values: Float64Array }[] = [];
  for (const block of blocks) {
    const { first, order, factor } = block;
    const left = Float64Array.from({ length: order }, (_, j) => gains.projected.data[first + j] - seen[first + j]);
    const errors = errorsOf(
      block,
      (q) => Float64Array.from({ length: sources }, (_, i) => columns[i * total + q]),
      solve,
    );
    for (let i = 0; i < order; i++) {
      let value = 0;
      for (let j = 0; j < order; j++) value += factor[i * order + j] * left[j];
      const [antenna, start] = [gains.antennas.data[first + i], gains.starts.data[first + i]];
      const key = `${antenna} ${start}`;
      const place = places.get(key) ?? found.length;
      if (place === found.length) found.push({ antenna, start, values: new Float64Array(4) });
      places.set(key, place);
      found[place].values.set([value, errors[i]], block.kind === 'phase' ? 0 : 2);
    }
  }
  const column = (at: number) => real(Float64Array.from(found, ({ values }) => values[at]));
  return {
    antennas: { dtype: 'index', shape: [found.length], data: Int32Array.from(found, ({ antenna }) => antenna) },
    starts: real(Float64Array.from(found, ({ start }) => start)),
    phases: column(0),
    phaseErrors: column(1),
    amplitudes: column(2),
    amplitudeErrors: column(3),
  };
}

/** U^t image (Q). */
function projectedOn({ columns }: Pick<MarginalisedGains, 'columns'>, image: Float64Array): Float64Array {
  const [pixels, total] = columns.shape;
  const sums = new Float64Array(total);
  for (let i = 0; i < pixels; i++) {
    for (let q = 0; q < total; q++) sums[q] += columns.data[i * total + q] * image[i];
  }
  return sums;
}

/** Standard deviations of the gains of a block. */
function errorsOf(
  { first, order, factor }: Block,
  column: (q: number) => Float64Array,
  solve: (vector: Float64Array) => Float64Array,
): Float64Array {
  const X = Array.from({ length: order }, (_, j) => column(first + j));
  const V = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    const solved = solve(X[j]);
    for (let i = 0; i < order; i++) {
      V[i * order + j] = X[i].reduce((sum, value, s) => sum + value * solved[s], i === j ? 1 : 0);
    }
  }
  return Float64Array.from({ length: order }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < order; j++) {
      for (let k = 0; k < order; k++) sum += factor[i * order + j] * V[j * order + k] * factor[i * order + k];
    }
    return Math.sqrt(sum);
  });
}

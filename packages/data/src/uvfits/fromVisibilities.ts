import type { Visibilities } from '../fits/triple.js';
import { type GroupTable, writeRandomGroups } from './write.js';

/** Options of {@link writeUvfits}. */
export interface WriteUvfitsOptions {
  /** Hz: baselines in a UVFITS file are in seconds. */
  readonly frequency: number;
  /** Hz of the one channel. Default 1e9. */
  readonly bandwidth?: number | undefined;
  /** Antennas of every visibility, from 1 to 255, in pairs. Default: 1 and 2. */
  readonly antennas?: ArrayLike<number> | undefined;
  /** Seconds of every visibility. Default: one second after the other. */
  readonly times?: ArrayLike<number> | undefined;
  /** Seconds of an integration. Default 1. */
  readonly interval?: number | undefined;
  readonly telescope?: string | undefined;
  readonly object?: string | undefined;
  /** Whether imaginary parts change their sign, as the format wants it. Default true. */
  readonly conjugate?: boolean | undefined;
  /** Floats of 32 bits (the default, which every reader takes) or of 64. */
  readonly bitpix?: -32 | -64 | undefined;
}

/** Modified Julian date 57000, to which times are added. */
const day = 2457000.5;

/**
 * Writes visibilities of total intensity as a UVFITS file of one channel, for other programs: the inverse of
 * {@link importUvfits}. Weights are 1 / sigma^2, flagged visibilities have the weight 0.
 *
 * @throws InvalidValue where a card cannot be written.
 */
export function writeUvfits({ data, noiseMap, uvWavelengths }: Visibilities, options: WriteUvfitsOptions): Uint8Array {
  const { frequency, bandwidth = 1e9, antennas, times, interval = 1, conjugate = true, bitpix } = options;
  const count = data.shape[0];
  const values = new Float64Array(count * 10);
  let highest = 2;
  for (let k = 0; k < count; k++) {
    const [a, b] = antennas === undefined ? [1, 2] : [antennas[2 * k], antennas[2 * k + 1]];
    highest = Math.max(highest, a, b);
    const sigma = noiseMap.data[2 * k];
    values.set(
      [
        uvWavelengths.data[2 * k] / frequency,
        uvWavelengths.data[2 * k + 1] / frequency,
        0,
        256 * a + b,
        day,
        (times === undefined ? k : times[k]) / 86400,
        interval,
        data.data[2 * k],
        conjugate ? -data.data[2 * k + 1] : data.data[2 * k + 1],
        sigma > 0 && Number.isFinite(sigma) ? 1 / sigma ** 2 : 0,
      ],
      10 * k,
    );
  }
  const zero = { type: 'DATE', zero: day };
  return writeRandomGroups({
    parameters: [
      { type: 'UU' },
      { type: 'VV' },
      { type: 'WW' },
      { type: 'BASELINE' },
      zero,
      { type: 'DATE' },
      { type: 'INTTIM' },
    ],
    axes: [
      { type: 'COMPLEX', extent: 3 },
      { type: 'STOKES', extent: 1, value: 1 },
      { type: 'FREQ', extent: 1, value: frequency, step: bandwidth },
      { type: 'IF', extent: 1 },
      { type: 'RA', extent: 1, value: 0 },
      { type: 'DEC', extent: 1, value: 0 },
    ],
    values,
    bitpix,
    cards: { TELESCOP: options.telescope ?? 'unknown', OBJECT: options.object ?? 'unknown', BUNIT: 'JY' },
    tables: [frequencyTable(bandwidth), antennaTable(highest)],
  });
}

function frequencyTable(bandwidth: number): GroupTable {
  return {
    name: 'AIPS FQ',
    columns: [
      { name: 'FRQSEL', form: '1J', rows: [[1]] },
      { name: 'IF FREQ', form: '1D', rows: [[0]] },
      { name: 'CH WIDTH', form: '1E', rows: [[bandwidth]] },
      { name: 'TOTAL BANDWIDTH', form: '1E', rows: [[bandwidth]] },
      { name: 'SIDEBAND', form: '1J', rows: [[1]] },
    ],
  };
}

function antennaTable(count: number): GroupTable {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return {
    name: 'AIPS AN',
    columns: [
      { name: 'ANNAME', form: '8A', rows: numbers.map((number) => `A${number}`) },
      { name: 'STABXYZ', form: '3D', rows: numbers.map(() => [0, 0, 0]) },
      { name: 'NOSTA', form: '1J', rows: numbers.map((number) => [number]) },
    ],
  };
}

import { real } from '@wtilde/core-types';
import { type Fields, requireField } from '@wtilde/data';
import { checkArray } from '../arguments/checkArguments.js';
import type { GainEstimates } from './gainEstimates.js';
import type { MarginalisedGains } from './marginalisedGains.js';

/** Gains that are averaged over, as fields for an npz file. */
export function gainFields(gains: MarginalisedGains): Fields {
  return {
    gain_columns: gains.columns,
    gain_antennas: gains.antennas,
    gain_starts: gains.starts,
    gain_amplitudes: gains.amplitudes,
    gain_factors: gains.factors,
    gain_projected: gains.projected,
    gain_dirty_image: gains.dirtyImage,
    gain_sums: real([gains.chiSquared0, gains.noiseNormalization]),
  };
}

/** The inverse of {@link gainFields}; throws the typed error of a field that is not there or not of its shape. */
export function gainsIn(fields: Fields, pixels: number): MarginalisedGains {
  const antennas = requireField(fields, 'gain_antennas', 'index');
  const total = antennas.data.length;
  const [chiSquared0, noiseNormalization] = requireField(fields, 'gain_sums', 'real').data;
  const found = {
    columns: requireField(fields, 'gain_columns', 'real'),
    antennas,
    starts: requireField(fields, 'gain_starts', 'real'),
    amplitudes: requireField(fields, 'gain_amplitudes', 'bool'),
    factors: requireField(fields, 'gain_factors', 'real'),
    projected: requireField(fields, 'gain_projected', 'real'),
    dirtyImage: requireField(fields, 'gain_dirty_image', 'real'),
    chiSquared0,
    noiseNormalization,
  };
  checkArray(found.columns, ['real'], [pixels, total], 'gain_columns');
  for (const name of ['starts', 'projected'] as const) checkArray(found[name], ['real'], [total], `gain_${name}`);
  checkArray(found.amplitudes, ['bool'], [total], 'gain_amplitudes');
  checkArray(found.dirtyImage, ['real'], [pixels], 'gain_dirty_image');
  return found;
}

/** Gains that an evidence found, as fields for an npz file, and back. */
export function gainEstimateFields(estimates: GainEstimates): Fields {
  return {
    antenna_gain_antennas: estimates.antennas,
    antenna_gain_starts: estimates.starts,
    antenna_gain_phases: estimates.phases,
    antenna_gain_phase_errors: estimates.phaseErrors,
    antenna_gain_amplitudes: estimates.amplitudes,
    antenna_gain_amplitude_errors: estimates.amplitudeErrors,
  };
}

/** @throws MissingArgument or DTypeMismatch for a field that is not there or not of its type */
export function gainEstimatesFrom(fields: Fields): GainEstimates {
  return {
    antennas: requireField(fields, 'antenna_gain_antennas', 'index'),
    starts: requireField(fields, 'antenna_gain_starts', 'real'),
    phases: requireField(fields, 'antenna_gain_phases', 'real'),
    phaseErrors: requireField(fields, 'antenna_gain_phase_errors', 'real'),
    amplitudes: requireField(fields, 'antenna_gain_amplitudes', 'real'),
    amplitudeErrors: requireField(fields, 'antenna_gain_amplitude_errors', 'real'),
  };
}

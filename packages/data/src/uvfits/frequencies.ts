/** Frequencies of channels, and where visibilities of them stand in a group. */
import type { WtildeError } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import type { GroupAxes } from './axes.js';
import type { Tables } from './tables.js';

/**
 * Frequencies in Hz of all channels of all spectral windows, windows outermost: that of the axis FREQ, beyond it the IF
 * FREQ of the setup and the FREQOFF of the source. Within a window channels are CH WIDTH apart where the file has several
 * windows, as the axis says otherwise.
 *
 * @throws FileFormat where there is no setup of that number, or a frequency is not above 0.
 */
export function frequenciesOf(
  { freq, if: windows }: GroupAxes,
  { setups, shifts }: Tables,
  setup: number | undefined,
  source: number | undefined,
  where: string,
): Float64Array {
  const found =
    setups.find(({ id }) => id === setup) ?? (setups.length === 1 && setup === undefined ? setups[0] : undefined);
  if (found === undefined && (windows.extent > 1 || setups.length > 0)) {
    throw malformed(where, 'the file does not tell the frequencies of its spectral windows', {
      expected: `a row of the table AIPS FQ for ${setup === undefined ? 'the one setup' : `FREQSEL ${setup}`}`,
      actual: setups.length === 0 ? 'no such table' : `rows for ${setups.map(({ id }) => id).join(', ')}`,
      remedy: 'export the visibilities again, with one spectral setup',
    });
  }
  const shift = source === undefined ? undefined : shifts.get(source);
  const frequencies = new Float64Array(windows.extent * freq.extent);
  for (let window = 0; window < windows.extent; window++) {
    const base = freq.value + (found?.offsets[window] ?? 0) + (shift?.[window] ?? 0);
    const width = windows.extent > 1 ? found?.widths[window] || freq.step : freq.step;
    for (let channel = 0; channel < freq.extent; channel++) {
      const value = base + (channel + 1 - freq.reference) * width;
      if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw noFrequency(value, where);
      frequencies[window * freq.extent + channel] = value;
    }
  }
  return frequencies;
}

function noFrequency(value: number, where: string): WtildeError {
  return malformed(where, 'a channel has no frequency', {
    expected: 'CRVAL of the axis FREQ, and IF FREQ of the table AIPS FQ, in Hz',
    actual: `${value} Hz`,
    remedy: 'export the visibilities again',
  });
}

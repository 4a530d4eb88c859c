import { WtildeError } from '@wtilde/core-types';
import { fieldNamed, type Visibilities } from '@wtilde/data';
import { fieldsFromNpzFile } from '@wtilde/data/node';
import { type Evidence, type GainErrors, gainEstimatesFrom } from '@wtilde/lens';
import { arrayIn } from './array.js';

/** Options that say how far the gains of antennas may be off. */
export interface AntennaOptions {
  readonly antennaPhases?: readonly [degrees: number, seconds: number | undefined] | undefined;
  readonly antennaAmplitudes?: readonly [part: number, seconds: number | undefined] | undefined;
  readonly antennaReference?: string | undefined;
}

const radiansPerDegree = Math.PI / 180;

/** What is averaged over; undefined where the gains are taken as they are. */
export async function gainErrorsOf({
  antennaPhases,
  antennaAmplitudes,
  antennaReference: file,
}: AntennaOptions): Promise<GainErrors | undefined> {
  const given = antennaPhases ?? antennaAmplitudes;
  if (given === undefined) {
    if (file === undefined) return undefined;
    throw new WtildeError('InvalidOption', {
      what: 'there is nothing that this would be a reference of',
      where: '--antenna-reference',
      expected: '--antenna-phases or --antenna-amplitudes beside it',
      actual: file,
      remedy: 'add one of them, or leave it out',
    });
  }
  const interval = intervalOf(antennaPhases?.[1], antennaAmplitudes?.[1]);
  return {
    ...(antennaPhases && { phase: antennaPhases[0] * radiansPerDegree }),
    ...(antennaAmplitudes && { amplitude: antennaAmplitudes[0] }),
    ...(interval === undefined ? {} : { interval }),
    ...(file === undefined ? {} : await referenceIn(file)),
  };
}

function intervalOf(phases: number | undefined, amplitudes: number | undefined): number | undefined {
  if (phases === undefined || amplitudes === undefined || phases === amplitudes) return phases ?? amplitudes;
  throw new WtildeError('InvalidOption', {
    what: 'phases and amplitudes of an antenna have one interval',
    where: '--antenna-phases, --antenna-amplitudes',
    expected: 'the same seconds, or seconds in one of them',
    actual: `${phases} and ${amplitudes}`,
    remedy: 'choose the shorter',
  });
}

/** The lensed image of an evidence or fit, and the gains that it found where it looked for some. */
async function referenceIn(path: string): Promise<Pick<GainErrors, 'image' | 'estimates'>> {
  const image = await arrayIn(path, ['mapped_reconstructed_image']);
  const fields = await fieldsFromNpzFile(path);
  const known = fieldNamed(fields, 'antenna_gain_antennas') !== undefined;
  return { image, ...(known && { estimates: gainEstimatesFrom(fields) }) };
}

/** No antenna has a larger number: 255 subarrays of 65535. */
const antennasOfFolder = 2 ** 24;

/** Visibilities of one of several datasets: their antennas are others than those of the next. */
export function antennasApart(visibilities: Visibilities, dataset: number): Visibilities {
  const { antennas } = visibilities;
  if (antennas === undefined || dataset === 0) return visibilities;
  const data = antennas.data.map((antenna) => (antenna < 0 ? antenna : antenna + dataset * antennasOfFolder));
  return { ...visibilities, antennas: { ...antennas, data } };
}

/** The gains that an evidence found, for people to read. */
export function gainsTold({ antennaGains }: Evidence): readonly (readonly string[])[] {
  const gains = antennaGains?.();
  if (gains === undefined) return [];
  const { phases, phaseErrors, amplitudes, amplitudeErrors } = gains;
  const rms = ({ data }: { readonly data: Float64Array }) =>
    Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  const [phase, amplitude] = [rms(phases), rms(amplitudes)];
  const degrees = (radians: number) => `${(radians / radiansPerDegree).toPrecision(3)} degrees`;
  const percent = (part: number) => `${(100 * part).toPrecision(3)} %`;
  return [
    ...(phase === 0
      ? []
      : [
          [`${phases.data.length} phases, root mean square`, degrees(phase)],
          ['  their error', degrees(rms(phaseErrors))],
        ]),
    ...(amplitude === 0
      ? []
      : [
          [`${amplitudes.data.length} amplitudes, root mean square`, percent(amplitude)],
          ['  their error', percent(rms(amplitudeErrors))],
        ]),
  ];
}

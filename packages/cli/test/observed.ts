/** What an array sees of a point. */
import { complex } from '@wtilde/core-types';
import { observations, uvTrackOf, type Visibilities } from '@wtilde/data';

const arcsec = Math.PI / 648000;

/** V = exp(-2 pi i (x u + y v)) of a point of flux 1 at (y, x) in arcsec. */
export function pointAt([y, x]: readonly [number, number], visibilities = 400): Visibilities {
  const uvWavelengths = uvTrackOf(observations.sma, visibilities, 1);
  const data = new Float64Array(2 * visibilities);
  for (let at = 0; at < data.length; at += 2) {
    const phase = -2 * Math.PI * arcsec * (x * uvWavelengths.data[at] + y * uvWavelengths.data[at + 1]);
    data[at] = Math.cos(phase);
    data[at + 1] = Math.sin(phase);
  }
  return { data: complex(data), noiseMap: complex(new Float64Array(2 * visibilities).fill(0.1)), uvWavelengths };
}

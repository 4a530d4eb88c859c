import type { Random } from '../random/random.js';

/** A simulated array and the track on the sky that it follows. Angles in radians. */
export interface Observation {
  readonly antennas: number;
  /** The longest baseline, in wavelengths, before it is foreshortened by the projection. */
  readonly longestBaseline: number;
  /** Geographic latitude of the array. */
  readonly latitude: number;
  readonly declination: number;
  /** The hour angle runs from minus this to plus this. */
  readonly hourAngle: number;
}

/** Writes u and v of visibility k to `uv[at]` and `uv[at + 1]`, in wavelengths. */
export type UvTrack = (k: number, uv: Float64Array, at: number) => void;

/**
 * The uv coverage of `count` visibilities by Earth rotation: every pair of antennas at evenly spaced
 * hour angles, time by time, as many times as it takes (the last may be incomplete).
 *
 * With baselines (X, Y, Z) in wavelengths towards (hour angle 0, declination 0), east and the pole:
 * u = sin H X + cos H Y, v = -sin d cos H X + sin d sin H Y + cos d Z.
 *
 * @see Thompson, Moran and Swenson, Interferometry and Synthesis in Radio Astronomy, section 4.1.
 */
export function uvTrack(observation: Observation, count: number, random: Random): UvTrack {
  const baselines = equatorialBaselines(observation, antennaPositions(observation, random));
  const pairs = baselines.length / 3;
  const times = Math.ceil(count / pairs);
  const sinD = Math.sin(observation.declination);
  const cosD = Math.cos(observation.declination);
  return (k, uv, at) => {
    const time = Math.floor(k / pairs);
    const hour = observation.hourAngle * ((2 * time + 1) / times - 1);
    const sinH = Math.sin(hour);
    const cosH = Math.cos(hour);
    const pair = 3 * (k - time * pairs);
    const x = baselines[pair];
    const y = baselines[pair + 1];
    const z = baselines[pair + 2];
    uv[at] = sinH * x + cosH * y;
    uv[at + 1] = -sinD * cosH * x + sinD * sinH * y + cosD * z;
  };
}

/** East, north, up of every antenna, the distances from the middle spread evenly in their logarithm. */
function antennaPositions({ antennas }: Observation, random: Random): Float64Array {
  const shortest = 0.03;
  const positions = new Float64Array(3 * antennas);
  for (let i = 0; i < positions.length; i += 3) {
    // shortest ** u, whose last bit depends on the version of Node.
    const distance = Math.exp(random.uniform() * Math.log(shortest));
    const azimuth = 2 * Math.PI * random.uniform();
    positions[i] = distance * Math.sin(azimuth);
    positions[i + 1] = distance * Math.cos(azimuth);
    positions[i + 2] = 0.01 * (random.uniform() - 0.5);
  }
  return positions;
}

/** X, Y, Z of every pair, scaled so that the longest is the longest baseline asked for. */
function equatorialBaselines(observation: Observation, positions: Float64Array): Float64Array {
  const sinL = Math.sin(observation.latitude);
  const cosL = Math.cos(observation.latitude);
  const baselines: number[] = [];
  let longest = 0;
  for (let i = 0; i < positions.length; i += 3) {
    for (let j = i + 3; j < positions.length; j += 3) {
      const east = positions[j] - positions[i];
      const north = positions[j + 1] - positions[i + 1];
      const up = positions[j + 2] - positions[i + 2];
      baselines.push(-north * sinL + up * cosL, east, north * cosL + up * sinL);
      longest = Math.max(longest, Math.hypot(east, north, up));
    }
  }
  const scale = observation.longestBaseline / longest;
  return Float64Array.from(baselines, (value) => value * scale);
}

import { complex, real } from '@wtilde/core-types';
import type { Visibilities } from '../fits/triple.js';
import { createRandom } from '../random/random.js';
import { uvTrack } from './antennas.js';
import { visibilityOf } from './fourier.js';
import type { Scene, SimulationKind } from './scene.js';

/** The visibilities of a simulated observation, in order, a few at a time. */
export interface VisibilityStream {
  /** The next `count` visibilities. */
  next(count: number): Visibilities;
}

/**
 * Observes a scene with `K` visibilities: the transform of the image at the uv track of the array
 * plus Gaussian noise. Real and imaginary noise are equal; the noise differs between visibilities.
 * Where the stream is cut into pieces changes no value.
 */
export function observe(kind: SimulationKind, scene: Scene, K: number, seed: number): VisibilityStream {
  const { pixels, image } = scene;
  const random = (stream: string): ReturnType<typeof createRandom> =>
    createRandom([kind.name, stream, pixels.side, K, seed].join('/'));
  const track = uvTrack(kind.observation, K, random('antennas'));
  const model = visibilityOf(pixels, image);
  const noise = random('noise');
  let k = 0;
  return {
    next(count) {
      const uv = new Float64Array(2 * count);
      const data = new Float64Array(2 * count);
      const sigma = new Float64Array(2 * count);
      for (let at = 0; at < 2 * count; at += 2) {
        track(k++, uv, at);
        model(uv[at], uv[at + 1], data, at);
        sigma[at] = kind.noise * (1 + noise.uniform() / 2);
        sigma[at + 1] = sigma[at];
        data[at] += sigma[at] * noise.normal();
        data[at + 1] += sigma[at] * noise.normal();
      }
      return {
        data: complex(data),
        noiseMap: complex(sigma),
        uvWavelengths: real(uv, [count, 2]),
      };
    },
  };
}

import { type AbortSignalLike, complex, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { createRandom, type Visibilities } from '@wtilde/data';
import { checkArray, checkGiven } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import { type BackendOptions, hostDispatcher } from '../inversion/hostDispatcher.js';
import type { LensModel } from '../lensModel.js';
import { imageFrom } from '../light/image.js';
import { givenLight, isLinear } from '../light/linearKinds.js';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { checkPrimaryBeam, timesRows } from '../mask/primaryBeam.js';
import { lensPlanesOf, planeGridsOf } from '../planes/lensPlanes.js';
import { baselinesOf } from '../warnings/baselines.js';
import { datasetWarnings } from '../warnings/datasetWarnings.js';
import { einsteinRadiiBeyond } from '../warnings/modelWarnings.js';
import type { Warning } from '../warnings/warning.js';

/** What is observed, and how. */
export interface Simulation extends BackendOptions {
  /** With the light of the source. */
  readonly lens: LensModel;
  /** The pixels that the sky consists of: brightness is taken at their centres. */
  readonly mask: Mask2D;
  /** (M) how much the antennas see of the sky in the direction of every open pixel; by default all of it. */
  readonly primaryBeam?: NdArray<'real'> | undefined;
  /** (K, 2) baselines in wavelengths. */
  readonly uvWavelengths: NdArray<'real'>;
  /** Standard deviation of the noise of the real and of the imaginary part, of all visibilities. */
  readonly noise: number;
  /** The same seed gives the same noise on every machine; by default 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** A simulated observation. */
export interface Simulated {
  readonly visibilities: Visibilities;
  /** (M) the lensed source and the light of the lens: brightness of the open pixels, as it went into the visibilities. */
  readonly image: NdArray<'real'>;
  /** What does not go together in lens, mask and baselines. */
  readonly warnings: readonly Warning[];
}

/**
 * Simulates an interferometer's view of a lensed source: brightness at the traced pixel centres, V_k = sum_i image_i
 * exp(-2 pi i (x_i u_k + y_i v_k)), and normal noise.
 *
 * @throws InvalidValue for a model without light or out of domain, light that reaches no open pixel, no baselines, or a
 *   noise that is not above 0; MissingArgument, DTypeMismatch or ShapeMismatch for other arguments; what backends throw.
 */
export async function simulateVisibilities(simulation: Simulation): Promise<Simulated> {
  checkGiven(simulation, 'simulateVisibilities', ['lens', 'mask', 'uvWavelengths', 'noise', 'backends']);
  const { lens, mask, primaryBeam, uvWavelengths, noise, seed = 0, signal, ...backendOptions } = simulation;
  checkArray(uvWavelengths, ['real'], ['K', 2], 'uvWavelengths');
  checkNumber(noise, { above: 0 }, 'noise', 'its standard deviation');
  checkNumber(seed, {}, 'seed', 'the same gives the same noise');
  if (uvWavelengths.shape[0] === 0) {
    throw invalid('there is nothing to simulate', 'uvWavelengths', 'at least one baseline', 'none', 'pass baselines');
  }
  const planes = lensPlanesOf(lens);
  const linear = planes.flatMap(({ light, lightPath }) =>
    light.flatMap((profile, at) => (isLinear(profile) ? [`${lightPath}.${at} ${profile.type}`] : [])),
  );
  if (linear.length > 0) {
    throw invalid(
      'light that is solved for has no intensity to simulate',
      'lens.light',
      'light of given intensity',
      linear.join(', '),
      'write the profile without Linear, with an intensity; MultiGaussian as several Gaussian',
    );
  }
  if (planes.every(({ light }) => light.length === 0)) {
    throw invalid(
      'there is no light to simulate',
      'lens.light',
      'at least one light profile',
      'none',
      'add "light" to the lens model',
    );
  }
  const { grid, gridRadiansSlim } = geometryOf(mask);
  if (primaryBeam !== undefined) checkPrimaryBeam(primaryBeam, grid.shape[0]);
  const grids = planeGridsOf(lens, grid);
  const images = planes.map(({ light }, at) => imageFrom(givenLight(light), grids[at]).data);
  const sky = images[0].map((_, pixel) => images.reduce((sum, each) => sum + each[pixel], 0));
  const image = real(primaryBeam === undefined ? sky : timesRows(sky, primaryBeam));
  if (image.data.every((value) => value === 0)) {
    throw invalid(
      'no light reaches the open pixels',
      'lens.light',
      'a lensed source within the mask',
      '0 in every pixel',
      'bring mask and lens to the same place, or give the source intensity and more than a pixel of size',
    );
  }
  const dispatcher = hostDispatcher(backendOptions);
  const model = await dispatcher.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim }, { signal });
  const random = createRandom(`simulateVisibilities/${seed}`);
  const count = model.shape[0];
  return {
    visibilities: {
      data: complex(
        model.data.map((value) => value + noise * random.normal()),
        [count],
      ),
      noiseMap: complex(new Float64Array(2 * count).fill(noise), [count]),
      uvWavelengths,
    },
    image,
    warnings: [
      ...datasetWarnings({ mask, baselines: baselinesOf(uvWavelengths) }),
      ...einsteinRadiiBeyond(lens.mass, grid),
    ],
  };
}

function invalid(what: string, where: string, expected: string, actual: string, remedy: string): WtildeError {
  return new WtildeError('InvalidValue', { what, where, expected, actual, remedy });
}

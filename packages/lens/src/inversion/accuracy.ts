import { complex, type NdArray, type Precision, radiansPerPixel, real, type VisibilityChunk } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import type { Dispatcher } from '@wtilde/dispatch';

/** How exact the elements of an array are. */
export interface ElementAccuracy {
  /** What they were computed in. */
  readonly precision: Precision;
  /** The vector instructions that computed them, where their last digits depend on them. */
  readonly simd?: string | undefined;
  /** Root mean square of their errors, in their own unit. */
  readonly rms: number;
  /** The largest of the errors at the least displacements, where sums of weights do not cancel. */
  readonly largest: number;
}

/** How exact the sums over the visibilities are that an evidence is made of. */
export interface PreparedAccuracy {
  readonly wCompact: ElementAccuracy;
  readonly dirtyImage: ElementAccuracy;
}

/** The sums themselves, as far as their accuracy hangs on them. */
interface Sums {
  readonly gridSize: number;
  readonly pixelScale: number;
  readonly wCompact: NdArray<'real'>;
  readonly dirtyImage: NdArray<'real'>;
  readonly gridRadiansSlim: NdArray<'real'>;
  readonly chiSquared0: number;
}

/**
 * Errors of an element relative to the sum of absolute strengths where no tolerance was asked for: some ten times what
 * the transforms of the backends were measured to leave (4e-16 and 4e-15 in float64, 4e-8 and 1.5e-6 in float32).
 */
const usual = { float64: { rms: 4e-15, largest: 4e-14 }, float32: { rms: 4e-7, largest: 4e-6 } } as const;

/** Elements of each array that are computed again in float64 where the array itself was not. */
const sampleCount = 32;

/**
 * The accuracy that the transforms promise, by their tolerance: relative to sum w for W, and for the dirty image to the
 * sum of |v| w, which is at most sqrt(chi^2_0 sum w).
 */
export function promisedAccuracy(sums: Sums, makers: Makers, tolerance?: number): PreparedAccuracy {
  const weight = sums.wCompact.data[sums.gridSize - 1];
  const promise = (maker: Maker, strength: number): ElementAccuracy => {
    const { rms, largest } = usual[maker.precision];
    const asked = tolerance ?? 0;
    return { ...maker, rms: Math.max(asked, rms) * strength, largest: Math.max(asked, largest) * strength };
  };
  return {
    wCompact: promise(makers.wCompact, weight),
    dirtyImage: promise(makers.dirtyImage, Math.sqrt(sums.chiSquared0 * weight)),
  };
}

/** What an array was computed with. */
type Maker = Pick<ElementAccuracy, 'precision' | 'simd'>;
export type Makers = { readonly [F in keyof PreparedAccuracy]: Maker };

/** What a dispatcher's backends make the sums with. */
export async function makersOf(dispatcher: Dispatcher): Promise<Makers> {
  const makerOf = async (kernel: string): Promise<Maker> => {
    const { precision = 'float64', simd } = await dispatcher.explain(kernel);
    return { precision, ...(simd === undefined ? {} : { simd }) };
  };
  return {
    wCompact: await makerOf('wCompactCurvatureInterferometerFrom'),
    dirtyImage: await makerOf('dirtyImageInterferometerFrom'),
  };
}

/** A sampler where float32 makes the sums and float64 is there to judge them. */
export function samplerFor(
  dispatcher: Dispatcher,
  grid: Pick<Sums, 'gridSize' | 'pixelScale' | 'gridRadiansSlim'>,
  makers: Makers,
): Sampler | undefined {
  if (Object.values(makers).every(({ precision }) => precision === 'float64')) return undefined;
  const judge = dispatcher.backends.find(
    ({ precision, kernels }) => precision === 'float64' && kernels.dirtyImageInterferometerFrom !== undefined,
  );
  return judge === undefined ? undefined : createSampler(dispatcher, judge.id, grid);
}

/** Some elements of W and of the dirty image, summed in float64 beside the whole. */
export interface Sampler {
  add(chunk: VisibilityChunk): Promise<void>;
  /** The accuracy that the samples show. */
  accuracyOf(sums: Sums, makers: Makers): PreparedAccuracy;
}

/**
 * Samples 32 elements of W, among them those of the least displacements, and 32 of the dirty image, on a float64 backend.
 * Cost: 64 cosines for a visibility.
 */
function createSampler(
  dispatcher: Dispatcher,
  backend: string,
  { gridSize, pixelScale, gridRadiansSlim }: Pick<Sums, 'gridSize' | 'pixelScale' | 'gridRadiansSlim'>,
): Sampler {
  const random = createRandom('samples of W and of the dirty image');
  const below = (count: number) => Math.floor(random.uniform() * count);
  const columns = 2 * gridSize - 1;
  const least = [gridSize - 1, gridSize, gridSize - 1 + columns].filter((at) => at < gridSize * columns);
  const elements = [...least, ...Array.from({ length: sampleCount - least.length }, () => below(gridSize * columns))];
  const pixels = Array.from({ length: sampleCount }, () => below(gridRadiansSlim.shape[0]));

  const pitch = radiansPerPixel(pixelScale);
  // W at a displacement is the dirty image there of visibilities that are all 1.
  const displacements = elements.flatMap((at) => [
    -Math.floor(at / columns) * pitch,
    ((at % columns) - (gridSize - 1)) * pitch,
  ]);
  const positions = pixels.flatMap((pixel) => [...gridRadiansSlim.data.subarray(2 * pixel, 2 * pixel + 2)]);
  const w = new Float64Array(sampleCount);
  const image = new Float64Array(sampleCount);

  async function addTo(sums: Float64Array, points: readonly number[], chunk: VisibilityChunk): Promise<void> {
    const grid = real(Float64Array.from(points), [sampleCount, 2]);
    const part = await dispatcher.dirtyImageInterferometerFrom({ ...chunk, gridRadiansSlim: grid }, { backend });
    part.data.forEach((value, at) => {
      sums[at] += value;
    });
  }
  return {
    async add(chunk) {
      const ones = complex(chunk.data.data.map((_, lane) => (lane % 2 === 0 ? 1 : 0)));
      await addTo(w, displacements, { ...chunk, data: ones });
      await addTo(image, positions, chunk);
    },
    accuracyOf(sums, makers) {
      return {
        wCompact: accuracyFrom(
          makers.wCompact,
          elements.map((at, k) => sums.wCompact.data[at] - w[k]),
          least.length,
        ),
        dirtyImage: accuracyFrom(
          makers.dirtyImage,
          pixels.map((at, k) => sums.dirtyImage.data[at] - image[k]),
          0,
        ),
      };
    },
  };
}

/** @param outliers how many errors, from the first on, count for the largest only */
function accuracyFrom(maker: Maker, errors: readonly number[], outliers: number): ElementAccuracy {
  const usualErrors = errors.slice(outliers);
  return {
    ...maker,
    rms: Math.sqrt(usualErrors.reduce((sum, error) => sum + error * error, 0) / usualErrors.length),
    largest: errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0),
  };
}

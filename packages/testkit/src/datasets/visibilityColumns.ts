import { type NdArray, radiansPerPixel, real } from '@wtilde/core-types';

/** Visibilities, and the pixels that see them. */
interface Seen {
  readonly uvWavelengths: NdArray;
  /** (K) of real parts. */
  readonly noise: ArrayLike<number>;
  /** Arcsec. */
  readonly pixelScale: number;
  readonly nativeIndexForSlimIndex: NdArray;
}

/** cos and sin of the phases over the noise (M, 2 K), side by side: W is their product with their transpose. */
export function visibilityColumns({
  uvWavelengths,
  noise,
  pixelScale,
  nativeIndexForSlimIndex,
}: Seen): NdArray<'real'> {
  const [uv, native, scale] = [uvWavelengths.data, nativeIndexForSlimIndex.data, radiansPerPixel(pixelScale)];
  const [M, width] = [nativeIndexForSlimIndex.shape[0], 2 * noise.length];
  const columns = new Float64Array(M * width);
  for (let i = 0; i < M; i++) {
    for (let k = 0; k < noise.length; k++) {
      const phase = 2 * Math.PI * scale * (native[2 * i + 1] * uv[2 * k] - native[2 * i] * uv[2 * k + 1]);
      columns[i * width + 2 * k] = Math.cos(phase) / noise[k];
      columns[i * width + 2 * k + 1] = Math.sin(phase) / noise[k];
    }
  }
  return real(columns, [M, width]);
}

/** So many columns that take half of W at most: those of visibilities, each as often as it must be. */
export function columnsToLose(seen: Seen, count: number): NdArray<'real'> {
  const { data, shape } = visibilityColumns(seen);
  const [M, width] = shape;
  const times = Math.ceil(count / Math.max(1, width));
  const columns = Float64Array.from({ length: M * count }, (_, at) =>
    width === 0 ? 0 : data[Math.floor(at / count) * width + ((at % count) % width)] / Math.sqrt(2 * times),
  );
  return real(columns, [M, count]);
}

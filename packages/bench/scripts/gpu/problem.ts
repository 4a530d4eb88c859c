import { index, type NdArray, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';

/** How large a problem is. */
export interface GpuSize {
  readonly name: string;
  /** Image pixels, source pixels, visibilities. */
  readonly M: number;
  readonly S: number;
  readonly K: number;
}

/** The sizes of science. */
export const gpuSizes: readonly GpuSize[] = [
  { name: 'A', M: 716, S: 540, K: 100_000 },
  { name: 'B', M: 3852, S: 1500, K: 1_000_000 },
  { name: 'C', M: 70_000, S: 1500, K: 1_000_000 },
  { name: 'D', M: 385_000, S: 1500, K: 1_000_000 },
];

const pixelScale = 0.05;

/** The arguments of kernels. */
export interface GpuProblem {
  /** Rows of the square around the image. */
  readonly N: number;
  readonly baselines: {
    readonly gridSize: number;
    readonly pixelScale: number;
    readonly noiseMapReal: NdArray<'real'>;
    readonly uvWavelengths: NdArray<'real'>;
  };
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
  readonly mapping: {
    readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
    readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
    readonly pixels: number;
  };
  readonly dirtyImage: NdArray<'real'>;
}

/** A problem of a size: pixels in a disc, a smooth mapping to four source pixels each, and baselines. */
export function gpuProblem({ name, M, S, K }: GpuSize): GpuProblem {
  const random = createRandom(`gpu/${name}`);
  const cells = disc(M);
  const N = 1 + cells.reduce((most, [row, column]) => Math.max(most, row, column), 0);
  const side = Math.ceil(Math.sqrt(S));
  const indexes = new Int32Array(4 * M);
  const weights = new Float64Array(4 * M);
  cells.forEach(([row, column], pixel) => {
    // A lens folds the image over the source plane twice.
    const place = (at: number) => Math.abs((((2 * at) / N + 1) % 2) - 1) * (side - 1.001);
    const [y, x] = [place(row + 0.3), place(column + 0.1)];
    const [top, left] = [Math.floor(y), Math.floor(x)];
    for (let corner = 0; corner < 4; corner++) {
      const [down, right] = [corner >> 1, corner & 1];
      indexes[4 * pixel + corner] = Math.min((top + down) * side + left + right, S - 1);
      weights[4 * pixel + corner] = (down ? y - top : 1 - y + top) * (right ? x - left : 1 - x + left);
    }
  });
  const reach = 0.4 / ((pixelScale * Math.PI) / 648000);
  const fill = (length: number, value: (at: number) => number) => Float64Array.from({ length }, (_, at) => value(at));
  const mapping = {
    pixIndexesForSubSlimIndex: index(indexes, [M, 4]),
    pixWeightsForSubSlimIndex: real(weights, [M, 4]),
    pixels: S,
  };
  return {
    N,
    baselines: {
      gridSize: N,
      pixelScale,
      noiseMapReal: real(fill(K, () => 20 * Math.sqrt(K / 1000))),
      uvWavelengths: real(
        fill(2 * K, () => (reach * random.normal()) / 4),
        [K, 2],
      ),
    },
    nativeIndexForSlimIndex: index(Int32Array.from(cells.flat()), [M, 2]),
    mapping,
    dirtyImage: real(fill(M, () => random.normal())),
  };
}

/** The M pixels next to the middle of a square, by rows. */
function disc(M: number): readonly (readonly [number, number])[] {
  const radius = Math.ceil(Math.sqrt(M / Math.PI)) + 2;
  const all: { readonly row: number; readonly column: number; readonly far: number }[] = [];
  for (let row = -radius; row < radius; row++) {
    for (let column = -radius; column < radius; column++) {
      all.push({ row, column, far: (row + 0.5) ** 2 + (column + 0.5) ** 2 });
    }
  }
  const inside = all.sort((a, b) => a.far - b.far).slice(0, M);
  const top = inside.reduce((least, { row }) => Math.min(least, row), 0);
  const left = inside.reduce((least, { column }) => Math.min(least, column), 0);
  return inside.map(({ row, column }) => [row - top, column - left] as const).sort(([a, b], [c, d]) => a - c || b - d);
}

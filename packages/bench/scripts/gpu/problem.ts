import { index, real } from '@wtilde/core-types';
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

/** The arguments of a problem: pixels in a disc, a smooth mapping to four source pixels each, a graph, and baselines. */
export function gpuProblem({ name, M, S, K }: GpuSize) {
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
    graph: grid(S, side),
    chiSquared0: 2 * K,
    noiseNormalization: K,
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

/** Neighbours on a square mesh, as a graph of weight 1. */
function grid(S: number, side: number) {
  const neighbors = new Int32Array(4 * S).fill(-1);
  const sizes = new Int32Array(S);
  for (let i = 0; i < S; i++) {
    const [row, column] = [Math.floor(i / side), i % side];
    const near = [
      [row - 1, column],
      [row + 1, column],
      [row, column - 1],
      [row, column + 1],
    ];
    for (const [r, c] of near) {
      if (r >= 0 && c >= 0 && c < side && r * side + c < S) neighbors[4 * i + sizes[i]++] = r * side + c;
    }
  }
  return {
    neighbors: index(neighbors, [S, 4]),
    neighborsSizes: index(sizes),
    weights: real(new Float64Array(4 * S).fill(1), [S, 4]),
    diagonal: real(new Float64Array(S).fill(1e-8)),
  };
}

/** Random problems at sizes that are given, one per symbol, large ones included: typed arrays from the start. */
import { complex, index, type NdArray, radiansPerPixel, real, type Sizes } from '@wtilde/core-types';
import { createRandom, type Fields, type Random } from '@wtilde/data';
import { withEdgeWeights } from './edgeWeights.js';
import { knownErrors } from './knownErrors.js';
import { withPositiveFields } from './positiveFields.js';
import { cellsOf, type Pixels } from './sizedPixels.js';
import { columnsToLose } from './visibilityColumns.js';

/** Few of everything, and no two alike where that would hide that one was taken for the other. */
const few = { K: 3, M: 4, Ny: 2, Nx: 3, Gy: 3, Gx: 5, S: 5, B: 2, P: 4, S2: 2 };

/** What a symbol needs beside it to be seen: entries in every part of a mapping, rows of every length. */
const beside: Readonly<Record<string, Sizes>> = {
  S: { M: 24 },
  B: { M: 17 },
  N: { M: 12 },
  Ny: { M: 12 },
  Nx: { M: 12 },
};

/** Sizes for every symbol of the catalogue that go together, one of them large or anything else that is wanted. */
export function sizesWith(symbol: string, size: number, subPixels: boolean): Sizes {
  const wanted: Record<string, number> = { ...few, ...beside[symbol], [symbol]: size };
  if (symbol === 'N') Object.assign(wanted, { Ny: size, Nx: size });
  // About two sub-pixels to a pixel: few additions stay few.
  if (symbol === 'Msub') wanted.M = Math.ceil(size * 0.6);
  if (['N', 'Ny', 'Nx'].includes(symbol)) wanted.M = Math.min(wanted.M, wanted.Ny * wanted.Nx);
  else Object.assign(wanted, boxFor(wanted.M));
  if (symbol === 'P') wanted.S = size + 1;
  // Entries of one row are different source pixels.
  if (symbol === 'B') wanted.S = size + 3;
  const { Ny, Nx, M, Msub = M + 3 } = wanted;
  return { ...wanted, N: Math.max(Ny, Nx), ...(subPixels ? { Msub } : {}) };
}

/** A box with a little more room than pixels, so that the mask has holes; wider than high. */
function boxFor(count: number): Sizes {
  const Ny = Math.ceil(Math.sqrt(count));
  return { Ny, Nx: Ny + 1 };
}

const pixelScale = 0.1;
const pitch = radiansPerPixel(pixelScale);

/** Fields by upstream argument name, of exactly these sizes and random otherwise. */
export function sizedFields(sizes: Sizes, seed: string): Fields {
  return withLostColumns(fieldsWithout(sizes, seed), sizes);
}

function withLostColumns(fields: ReturnType<typeof fieldsWithout>, { Q }: Sizes): Fields {
  if (Q === undefined) return fields;
  const seen = {
    uvWavelengths: fields.uv_wavelengths,
    noise: fields.noise_map.data.filter((_, lane) => lane % 2 === 0),
    pixelScale,
    nativeIndexForSlimIndex: fields.native_index_for_slim_index,
  };
  return { ...fields, lost_columns: columnsToLose(seen, Q) };
}

function fieldsWithout(sizes: Sizes, seed: string): Fields {
  const random = createRandom(seed);
  const { K, M, Ny, Nx, N, Gy, Gx, S2 } = sizes;
  const cells = cellsOf({ Ny, Nx, M }, random);
  return withPositiveFields(
    withEdgeWeights({
      uv_wavelengths: real(
        fill(2 * K, () => 3e5 * random.normal()),
        [K, 2],
      ),
      // No part near zero: wTildeDataInterferometerFrom divides by it.
      data: complex(fill(2 * K, () => sign(random) * (0.5 + random.uniform()))),
      noise_map: complex(fill(2 * K, () => 0.5 + random.uniform())),
      grid_size: index([N], []),
      pixel_scale: real([pixelScale], []),
      shape_masked_pixels_2d: index([Ny, Nx]),
      native_index_for_slim_index: index(cells.native, [M, 2]),
      grid_radians_slim: real(centres(cells, M), [M, 2]),
      grid_radians_2d: fullGrid(Gy, Gx),
      image: real(fill(M, () => random.normal())),
      matrix: real(
        fill(M * S2, () => random.normal()),
        [M, S2],
      ),
      ...circle(Ny, Nx),
      ...mapping(sizes, random),
      ...mesh(sizes, random),
      coefficient: real([0.7], []),
      ...knownErrors,
    }),
  );
}

function fill(length: number, next: (at: number) => number): Float64Array {
  const data = new Float64Array(length);
  for (let at = 0; at < length; at++) data[at] = next(at);
  return data;
}

function sign(random: Random): number {
  return random.uniform() < 0.5 ? -1 : 1;
}

function centres({ native }: Pixels, count: number): Float64Array {
  return fill(2 * count, (at) => pitch * (at % 2 === 0 ? 7.25 - native[at] : native[at] - 3.5));
}

function fullGrid(rows: number, columns: number): NdArray<'real'> {
  const at = (lane: number) => {
    const cell = lane >> 1;
    return pitch * (lane % 2 === 0 ? 0.5 - Math.floor(cell / columns) : (cell % columns) + 2.25);
  };
  return real(fill(2 * rows * columns, at), [rows, columns, 2]);
}

/** A circle that the first and last rows and columns lie outside of. */
function circle(Ny: number, Nx: number): Fields {
  const scales = [0.5, (0.6 * Ny) / Nx];
  return {
    shape_native: index([Ny, Nx]),
    pixel_scales: real(scales),
    centre: real([0.11, -0.07]),
    radius: real([0.23 * Ny], []),
  };
}

/** Rows of 1 to B entries, the first of them full; what lies beyond is padding, or with sub-pixels simply not counted. */
function mapping({ M, Msub, S, B }: Sizes, random: Random): Fields {
  const rows = Msub ?? M;
  const lengths = new Int32Array(rows).map((_, row) => (row === 0 ? B : 1 + random.integer(Math.min(B, 16))));
  const indexes = new Int32Array(rows * B);
  const weights = new Float64Array(rows * B);
  for (let row = 0; row < rows; row++) {
    // The last source pixel is mapped to by the first row.
    const start = row === 0 ? Math.max(0, S - B) : random.integer(S);
    for (let b = 0; b < B; b++) {
      const used = b < lengths[row] || Msub !== undefined;
      indexes[row * B + b] = used ? (start + b) % S : -1;
      weights[row * B + b] = used ? 0.1 + random.uniform() : Number.NaN;
    }
  }
  const fields = {
    pix_indexes_for_sub_slim_index: index(indexes, [rows, B]),
    pix_weights_for_sub_slim_index: real(weights, [rows, B]),
    pixels: index([S], []),
  };
  if (Msub === undefined) return fields;
  return {
    ...fields,
    pix_size_for_sub_slim_index: index(lengths),
    // From the last image pixel to the first, and on from the last again.
    slim_index_for_sub_slim_index: index(new Int32Array(rows).map((_, at) => M - 1 - (at % M))),
    sub_fraction: real(fill(M, () => 0.25 + random.uniform())),
    total_mask_pixels: index([M], []),
  };
}

/** A connected mesh whose first pixel has all the neighbours that there are slots for. Padding holds pixels too. */
function mesh({ S, P }: Sizes, random: Random): Fields {
  const counts = new Int32Array(S);
  const neighbors = new Int32Array(S * P);
  for (let at = 0; at < neighbors.length; at++) neighbors[at] = (7 * at + 3) % S;
  const join = (a: number, b: number) => {
    neighbors[a * P + counts[a]++] = b;
    neighbors[b * P + counts[b]++] = a;
  };
  for (let pixel = 1; pixel < S; pixel++) {
    let other = pixel <= P ? 0 : random.integer(pixel);
    for (let tries = 0; counts[other] >= P && tries < pixel; tries++) other = (other + pixel - 1) % pixel;
    if (counts[other] < P && counts[pixel] < P) join(pixel, other);
  }
  return { neighbors: index(neighbors, [S, P]), neighbors_sizes: index(counts) };
}

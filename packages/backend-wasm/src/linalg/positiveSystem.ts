import { denseSystem, type PositiveSystem, type SupportFactor } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { factorDiagonal, factorPacked, packedIndex, packedLength, solve } from './cholesky.js';

/**
 * A system of positive sources whose supports are factored in the memory, all in one place.
 *
 * @param arena what that place is taken from
 * @param matrix A (S, S) row by row; only the lower triangle is read
 */
export function positiveSystem(
  engine: Engine,
  arena: Arena,
  matrix: Float64Array,
  dataVector: Float64Array,
): PositiveSystem {
  const order = dataVector.length;
  let place: { readonly pointer: number; readonly capacity: number } | undefined;
  return denseSystem(matrix, dataVector, (pixels, capacity) => {
    // A batch of coupled rows begins a strip of its own.
    place ??= { pointer: arena.f64(packedLength(4 * (Math.ceil(order / 4) + capacity))), capacity };
    const { pointer } = place;
    const diagonal = packSupport(engine, pointer, matrix, order, pixels);
    engine.scoped((inner) => factorPacked(engine, inner, pointer, pixels.length));
    return supportFactor(engine, pointer, diagonal);
  });
}

/** Packs the rows and columns of some pixels, which rise, and returns their diagonal. */
function packSupport(
  engine: Engine,
  pointer: number,
  matrix: Float64Array,
  order: number,
  pixels: Int32Array,
): Float64Array {
  const count = pixels.length;
  const packed = engine.heap.f64(pointer, packedLength(count));
  packed.fill(0);
  for (let row = 0; row < count; row++) {
    const from = pixels[row] * order;
    let to = packedIndex(row, 0);
    for (let column = 0; column <= row; column++, to += 4) packed[to] = matrix[from + pixels[column]];
  }
  for (let row = count; row < 4 * Math.ceil(count / 4); row++) packed[packedIndex(row, row)] = 1;
  return Float64Array.from(pixels, (pixel) => matrix[pixel * order + pixel]);
}

/** A factored support. Coupled rows stand behind its own and are eliminated as those are. */
function supportFactor(engine: Engine, packed: number, diagonal: Float64Array): SupportFactor {
  const order = diagonal.length;
  const factor = { order, packed };
  const strips = Math.ceil(order / 4);
  const pivots = factorDiagonal(engine, factor);
  /** Of every coupled row the row where it stands. */
  const places: number[] = [];
  let end = strips;
  return {
    leastPivot: diagonal.reduce((least, value, i) => Math.min(least, pivots[i] ** 2 / value), Number.POSITIVE_INFINITY),
    solve: (b) => solve(engine, factor, b),
    couple(rows) {
      const first = end;
      end += Math.ceil(rows.length / 4);
      const values = engine.heap.f64(packed, packedLength(4 * end));
      values.fill(0, packedIndex(4 * first, 0));
      rows.forEach((row, i) => {
        const place = 4 * first + i;
        places.push(place);
        for (let column = 0, to = packedIndex(place, 0); column < order; column++, to += 4) values[to] = row[column];
      });
      for (let strip = first; strip < end; strip++) engine.call('solvePanel', strip - strips, 0, packed, 0, strips);
      // The products of all are made again behind the columns of the support: the new ones among them.
      for (let strip = strips; strip < first; strip++) {
        values.fill(0, packedIndex(4 * strip, 4 * strips), packedIndex(4 * strip + 4, 0));
      }
      const items = Math.ceil((end - strips) / engine.call('choleskyGroup'));
      const work = 16 * (end - strips) ** 2 * 4 * strips;
      engine.each('subtractPanel', items, work, packed, 0, strips, end, items);
      const count = places.length;
      const before = count - rows.length;
      return Float64Array.from({ length: rows.length * count }, (_, at) => {
        const [a, b] = [places[before + Math.floor(at / count)], places[at % count]];
        return -values[packedIndex(Math.max(a, b), Math.min(a, b))];
      });
    },
  };
}

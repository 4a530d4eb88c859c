import { isWtildeError } from '@wtilde/core-types';
import type { PositiveSystem, SupportFactor } from './positiveSystem.js';

/**
 * What came of solving on a set of pixels: the solution (S), and what it lacks by what is left of the data (S); or the
 * pixel that depends on the others.
 */
export type PassiveSolution =
  | { readonly source: Float64Array; readonly lacks?: (rest: Float64Array) => Float64Array }
  | { readonly dependent: number };

/** The rounding of the part that a column keeps of itself beside those of other pixels. */
export function leastIndependence(order: number): number {
  return Number.EPSILON * Math.max(order, 16);
}

/**
 * Solutions of A_PP s_P = D_P, s = 0 elsewhere, for one set of pixels P after another.
 *
 * A base is factored; a set that differs from it in few pixels is solved beside its factor. A pixel r that has left
 * the base gets a multiplier that holds it at zero, a pixel a that has come in a row of its own. With C their columns,
 * e_r or A_a, E = 0 or A_aa' and f = 0 or D_a,
 *
 *   (C^t A^-1 C - E) z = C^t A^-1 D - f,    s = A^-1 (D - C z).
 *
 * A column costs P^2 operations when it is first needed. Where there would be more than S / 10 of them, the set
 * becomes the base, for P^3 / 3.
 */
export class PassiveSolver {
  /** Factorizations so far. */
  factorizations = 0;
  readonly #system: PositiveSystem;
  readonly #capacity: number;
  readonly #independence: number;
  #base: Base | undefined;

  /** @param independence a pixel whose column keeps no more of itself beside those of others depends on them */
  constructor(system: PositiveSystem, independence = leastIndependence(system.order)) {
    this.#system = system;
    this.#independence = independence;
    this.#capacity = system.mostChanges ?? Math.max(8, Math.floor(system.order / 10));
  }

  /** The least pivot of the base relative to its diagonal element. */
  get leastPivot(): number {
    return this.#base?.factor.leastPivot ?? Number.POSITIVE_INFINITY;
  }

  /** The solution on the pixels that `members` (S) names by 1; where they cannot be factored the first is named. */
  solve(members: Uint8Array): PassiveSolution {
    const base = this.#base;
    const changes = base === undefined ? undefined : this.#changesTo(base, members);
    if (base !== undefined && changes !== undefined) return this.#solveBeside(base, changes);
    try {
      return { source: this.solveAfresh(members) };
    } catch (error) {
      if (isWtildeError(error, 'NumericalFailure')) return { dependent: members.indexOf(1) };
      throw error;
    }
  }

  /**
   * The solution by a factorization of exactly these pixels: the same whatever was solved before. Throws what the
   * factorization throws.
   */
  solveAfresh(members: Uint8Array): Float64Array {
    let base = this.#base;
    if (base === undefined || !isMember(base.pixels, members)) {
      base = this.#factor(pixelsOf(members));
      this.#base = base;
    }
    return spread(this.#system.order, base.pixels, base.solution);
  }

  #factor(pixels: Int32Array): Base {
    const { dataVector } = this.#system;
    this.factorizations += 1;
    const factor = this.#system.factor(pixels, this.#capacity);
    const places = new Int32Array(this.#system.order).fill(-1);
    pixels.forEach((pixel, place) => {
      places[pixel] = place;
    });
    const data = Float64Array.from(pixels, (pixel) => dataVector[pixel]);
    const { length } = pixels;
    const solution = length === 0 ? new Float64Array(0) : factor.solve(data);
    return { pixels, places, data, factor, solution, columns: [], products: [], columnOf: new Map() };
  }

  /** The pixels in which a set differs from the base, those that left first; undefined for too many. */
  #changesTo(base: Base, members: Uint8Array): readonly number[] | undefined {
    const left: number[] = [];
    const came: number[] = [];
    let fresh = 0;
    for (let pixel = 0; pixel < members.length; pixel++) {
      if ((members[pixel] === 1) === base.places[pixel] >= 0) continue;
      (members[pixel] === 1 ? came : left).push(pixel);
      if (!base.columnOf.has(pixel)) fresh += 1;
    }
    return base.columns.length + fresh > this.#capacity ? undefined : [...left, ...came];
  }

  #solveBeside(base: Base, changes: readonly number[]): PassiveSolution {
    const { pixels, places, data, factor, solution } = base;
    const { order, dataVector, diagonal } = this.#system;
    if (changes.length === 0) return { source: spread(order, pixels, solution) };
    this.#couple(base, changes);
    const at = changes.map((pixel) => base.columnOf.get(pixel) ?? 0);
    const came = changes.map((pixel) => places[pixel] < 0);
    const others = Int32Array.from(changes);
    const size = changes.length;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      const between = came[i] ? this.#system.elements(changes[i], others) : undefined;
      for (let j = 0; j <= i; j++) {
        const product = at[i] >= at[j] ? base.products[at[i]][at[j]] : base.products[at[j]][at[i]];
        matrix[i * size + j] = product - (between !== undefined && came[j] ? between[j] : 0);
      }
    }
    const bad = factorQuasiDefinite(matrix, size, (i, pivot) =>
      came[i] ? -pivot > this.#independence * diagonal[changes[i]] : pivot > 0,
    );
    if (bad >= 0) return { dependent: changes[bad] };

    /** The solution for any right-hand side, from that on the base. */
    const besides = (b: Float64Array, ofBase: Float64Array, alone: Float64Array) => {
      const z = solveQuasiDefinite(
        matrix,
        Float64Array.from(changes, (pixel, i) =>
          came[i] ? dot(base.columns[at[i]], alone) - b[pixel] : alone[places[pixel]],
        ),
      );
      const rest = Float64Array.from(ofBase);
      const source = new Float64Array(order);
      for (let i = 0; i < size; i++) {
        if (!came[i]) rest[places[changes[i]]] -= z[i];
        else {
          const column = base.columns[at[i]];
          for (let k = 0; k < column.length; k++) rest[k] -= z[i] * column[k];
          source[changes[i]] = z[i];
        }
      }
      const solved = pixels.length === 0 ? rest : factor.solve(rest);
      for (let k = 0; k < pixels.length; k++) source[pixels[k]] = solved[k];
      for (let i = 0; i < size; i++) if (!came[i]) source[changes[i]] = 0;
      return source;
    };
    return {
      source: besides(dataVector, data, solution),
      lacks: (rest) => {
        const ofBase = Float64Array.from(pixels, (pixel) => rest[pixel]);
        return besides(rest, ofBase, pixels.length === 0 ? ofBase : factor.solve(ofBase));
      },
    };
  }

  /** Makes the columns of those changes that have none yet. */
  #couple(base: Base, changes: readonly number[]): void {
    const fresh = changes.filter((pixel) => !base.columnOf.has(pixel));
    if (fresh.length === 0) return;
    const rows = fresh.map((pixel) => {
      if (base.places[pixel] < 0) return this.#system.elements(pixel, base.pixels);
      const unit = new Float64Array(base.pixels.length);
      unit[base.places[pixel]] = 1;
      return unit;
    });
    const before = base.columns.length;
    const width = before + fresh.length;
    const products = base.pixels.length === 0 ? new Float64Array(fresh.length * width) : base.factor.couple(rows);
    fresh.forEach((pixel, i) => {
      base.columnOf.set(pixel, before + i);
      base.columns.push(rows[i]);
      base.products.push(products.subarray(i * width, (i + 1) * width));
    });
  }
}

/** A factored set of pixels and what has been worked out beside it. */
interface Base {
  readonly pixels: Int32Array;
  /** (S) where a pixel stands among them, or -1. */
  readonly places: Int32Array;
  readonly data: Float64Array;
  readonly factor: SupportFactor;
  readonly solution: Float64Array;
  readonly columns: Float64Array[];
  /** Of every column the products with those up to it. */
  readonly products: Float64Array[];
  readonly columnOf: Map<number, number>;
}

/** The pixels named by 1, rising. */
function pixelsOf(members: Uint8Array): Int32Array {
  const pixels = new Int32Array(members.reduce((sum, member) => sum + member, 0));
  let at = 0;
  for (let pixel = 0; pixel < members.length; pixel++) if (members[pixel] === 1) pixels[at++] = pixel;
  return pixels;
}

function isMember(pixels: Int32Array, members: Uint8Array): boolean {
  const count = members.reduce((sum, member) => sum + member, 0);
  return count === pixels.length && pixels.every((pixel) => members[pixel] === 1);
}

function spread(order: number, pixels: Int32Array, values: Float64Array): Float64Array {
  const source = new Float64Array(order);
  for (let k = 0; k < pixels.length; k++) source[pixels[k]] = values[k];
  return source;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/**
 * L D L^t in place of the lower triangle of a matrix that is positive definite in its first variables and negative
 * definite in the Schur complement of the rest: it needs no pivoting (Vanderbei 1995).
 *
 * @returns the first pivot that is not good, or -1
 */
function factorQuasiDefinite(m: Float64Array, size: number, isGood: (i: number, pivot: number) => boolean): number {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let pivot = m[row + i];
    for (let j = 0; j < i; j++) {
      // Up to here row j of L times D stands in row i.
      let value = m[row + j];
      for (let k = 0; k < j; k++) value -= m[row + k] * m[j * size + k];
      m[row + j] = value;
    }
    for (let j = 0; j < i; j++) {
      const value = m[row + j] / m[j * size + j];
      pivot -= value * m[row + j];
      m[row + j] = value;
    }
    if (!isGood(i, pivot)) return i;
    m[row + i] = pivot;
  }
  return -1;
}

function solveQuasiDefinite(m: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) x[i] -= m[i * size + j] * x[j];
  for (let i = 0; i < size; i++) x[i] /= m[i * size + i];
  for (let i = size - 1; i >= 0; i--) for (let j = 0; j < i; j++) x[j] -= m[i * size + j] * x[i];
  return x;
}

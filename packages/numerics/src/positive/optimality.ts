import type { PositiveSystem } from './positiveSystem.js';

/**
 * Where a source stands among the conditions for the least s^t A s / 2 - s^t D over s >= 0,
 *
 *   s >= 0,    w = D - A s <= 0,    s_i w_i = 0.
 *
 * All of it in units in which A has a unit diagonal, t_i = s_i sqrt(A_ii), w_i / sqrt(A_ii), and relative to
 * max |D_i| / sqrt(A_ii) + max |t_i|: it does not depend on the units of brightness, of single pixels or of the data.
 */
export class Optimality {
  /** s (S). */
  readonly source: Float64Array;
  /** (S) t. */
  readonly scaled: Float64Array;
  /** (S) w in the same units. */
  readonly dual: Float64Array;
  /** What counts as zero in both: the rounding of w. */
  readonly zero: number;
  readonly size: number;
  /** (S) w itself. */
  readonly rest: Float64Array;
  readonly #data: Float64Array;

  constructor(system: PositiveSystem, roots: Float64Array, s: Float64Array) {
    this.source = s;
    const { order, dataVector } = system;
    const scaled = new Float64Array(order);
    this.rest = system.residual(s);
    const dual = Float64Array.from(this.rest);
    let [data, source] = [0, 0];
    for (let i = 0; i < order; i++) {
      if (roots[i] === 0) {
        dual[i] = 0;
        continue;
      }
      scaled[i] = s[i] * roots[i];
      dual[i] /= roots[i];
      data = Math.max(data, Math.abs(dataVector[i]) / roots[i]);
      source = Math.max(source, Math.abs(scaled[i]));
    }
    this.#data = dataVector;
    this.scaled = scaled;
    this.dual = dual;
    this.size = data + source;
    this.zero = 4 * Math.max(order, 64) * Number.EPSILON * this.size;
  }

  /** True where s solves the system on a set of pixels as well as float64 allows. */
  isSolved(members: Uint8Array): boolean {
    return members.every((member, i) => member === 0 || Math.abs(this.dual[i]) <= this.zero);
  }

  /** The pixels of a set that are not positive, and those outside that would grow; only `free` ones. */
  infeasible(members: Uint8Array, free: Uint8Array): readonly number[] {
    const pixels: number[] = [];
    for (let i = 0; i < members.length; i++) {
      if (members[i] === 1 ? this.scaled[i] <= this.zero : free[i] === 1 && this.dual[i] > this.zero) pixels.push(i);
    }
    return pixels;
  }

  /** The largest violation of a condition, relative. */
  violation(members: Uint8Array, free: Uint8Array): number {
    let worst = 0;
    for (let i = 0; i < members.length; i++) {
      if (members[i] === 1) worst = Math.max(worst, -this.scaled[i], Math.abs(this.dual[i]));
      else if (free[i] === 1) worst = Math.max(worst, this.dual[i]);
    }
    return this.size === 0 ? 0 : worst / this.size;
  }

  /**
   * True where no pixel is so near to changing sides that another way to the solution might have it there. A pixel
   * without data that is coupled to none of the set is not: it is 0 exactly on either side.
   */
  isDecided(members: Uint8Array, free: Uint8Array): boolean {
    return members.every((member, i) => {
      if (member === 1) return this.scaled[i] > 1e-8 * this.size;
      return free[i] === 0 || this.dual[i] < -1e-10 * this.size || (this.dual[i] === 0 && this.#data[i] === 0);
    });
  }
}

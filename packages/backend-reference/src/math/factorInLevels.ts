import { cholesky, inverseOf } from './cholesky.js';
import { inLevels, rootsOf } from './levels.js';

/** F + H = L L^t, in levels and differences where H outweighs F. */
export interface FactoredInLevels {
  readonly levels: boolean;
  /** Of every source pixel the one that carries the level of its component; itself without levels. */
  readonly roots: readonly number[];
  /** What was factored. */
  readonly A: Float64Array;
  readonly L: Float64Array;
}

/** F and H symmetric (S, S), excess the row sums of H. */
export function factorInLevels(F: Float64Array, H: Float64Array, excess: Float64Array): FactoredInLevels {
  const S = excess.length;
  const levels = trace(H, S) > trace(F, S);
  const roots = levels ? rootsOf(H, S) : Array.from({ length: S }, (_, i) => i);
  const sumOverComponent = (root: number, j: number): number => {
    let sum = roots[j] === root ? excess[j] : 0;
    for (let k = 0; k < S; k++) if (roots[k] === root) sum += F[k * S + j];
    return sum;
  };
  const sum = F.map((value, at) => value + H[at]);
  const A = levels ? inLevels(sum, roots, sumOverComponent) : sum;
  return { levels, roots, A, L: cholesky(A, S) };
}

/** A vector by its few elements that are not zero. */
export type Sparse = readonly (readonly [place: number, value: number])[];

/** x^t (F + H)^-1 y for any x and y: of differences, levels have cancelled before anything was rounded. */
export function inverseForm({ roots, L }: FactoredInLevels): (x: Sparse, y: Sparse) => number {
  const size = roots.length;
  const inverse = inverseOf(L, size);
  return (x, y) => {
    let sum = 0;
    for (const [i, left] of onLevels(x, roots)) {
      for (const [j, right] of onLevels(y, roots))
        sum += left * inverse[Math.max(i, j) * size + Math.min(i, j)] * right;
    }
    return sum;
  };
}

/** B^t x, see projectOnLevels. */
function onLevels(x: Sparse, roots: readonly number[]): Map<number, number> {
  const projected = new Map<number, number>();
  const add = (place: number, value: number) => projected.set(place, (projected.get(place) ?? 0) + value);
  for (const [place, value] of x) {
    add(place, value);
    if (roots[place] !== place) add(roots[place], value);
  }
  return projected;
}

/** The symmetric matrix (size, size) of a lower triangle. */
export function mirrored(a: Float64Array, size: number): Float64Array {
  return a.map((_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return a[Math.max(i, j) * size + Math.min(i, j)];
  });
}

function trace(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[i * size + i];
  return sum;
}

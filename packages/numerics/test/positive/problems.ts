/** Problems with positive sources for the tests, and the conditions of their solution written as plainly as possible. */
import { createRandom } from '@wtilde/data';

/** A (S, S) and D (S). */
export interface Problem {
  readonly matrix: Float64Array;
  readonly dataVector: Float64Array;
}

/** A = G^t G, D = G^t b: the least |G s - b| over s >= 0, of a design G (rows, columns) row by row. */
export function leastSquares(design: ArrayLike<number>, b: ArrayLike<number>): Problem {
  const rows = b.length;
  const columns = rows === 0 ? 3 : design.length / rows;
  const matrix = new Float64Array(columns * columns);
  const dataVector = new Float64Array(columns);
  for (let k = 0; k < rows; k++) {
    for (let i = 0; i < columns; i++) {
      dataVector[i] += design[k * columns + i] * b[k];
      for (let j = 0; j < columns; j++) matrix[i * columns + j] += design[k * columns + i] * design[k * columns + j];
    }
  }
  return { matrix, dataVector };
}

/**
 * The largest violation of s >= 0, D - A s <= 0 and s_i (D - A s)_i = 0 with a unit diagonal of A, relative to
 * max |D_i| + max |s_i|; those of `zeroed` pixels need only be 0.
 */
export function violation({ matrix, dataVector }: Problem, s: Float64Array, zeroed?: Uint8Array): number {
  const order = dataVector.length;
  let [worst, data, source] = [0, 0, 0];
  for (let i = 0; i < order; i++) {
    const root = Math.sqrt(matrix[i * order + i]);
    let dual = dataVector[i];
    for (let j = 0; j < order; j++) dual -= matrix[i * order + j] * s[j];
    if (zeroed?.[i] === 1) {
      if (s[i] !== 0) return Number.POSITIVE_INFINITY;
      continue;
    }
    if (root === 0) continue;
    worst = Math.max(worst, -s[i] * root, dual / root, s[i] > 0 ? Math.abs(dual) / root : 0);
    data = Math.max(data, Math.abs(dataVector[i]) / root);
    source = Math.max(source, Math.abs(s[i]) * root);
  }
  return worst === 0 ? 0 : worst / (data + source);
}

const kinds = ['plain', 'illConditioned', 'singular', 'ties', 'negative', 'tiny', 'graph', 'copies'] as const;

/** One of many problems by its number, of eight kinds in turn and 1 to 24 pixels. */
export function seededProblem(seed: number): Problem & { readonly kind: (typeof kinds)[number] } {
  const random = createRandom(`positive ${seed}`);
  const kind = kinds[seed % kinds.length];
  const order = 1 + random.integer(24);
  const rows = kind === 'singular' ? Math.max(1, order - 1 - random.integer(order)) : order + 3;
  const whole = () => random.integer(5) - 2;
  const design = Float64Array.from({ length: rows * order }, () => (kind === 'ties' ? whole() : random.normal()));
  if (kind === 'illConditioned')
    for (let at = 0; at < design.length; at++) design[at] *= 10 ** (-6 * ((at % order) / order));
  if (kind === 'illConditioned')
    for (let at = order; at < design.length; at++) design[at] = design[at % order] + 1e-4 * design[at];
  if (kind === 'copies')
    for (let at = 0; at < design.length; at++) if (at % order >= order >> 1) design[at] = design[at - (order >> 1)];
  if (kind === 'tiny') for (let at = 0; at < design.length; at++) design[at] *= 1e-21;
  const b = Float64Array.from({ length: rows }, () => (kind === 'ties' ? whole() : random.normal()));
  const problem = leastSquares(design, b);
  if (kind === 'negative') return { ...problem, kind, dataVector: problem.dataVector.map((value) => -Math.abs(value)) };
  if (kind !== 'graph') return { ...problem, kind };
  // A weak F beside c^2 times a chain of pixels and a ridge of 1e-8.
  const coupling = 10 ** (2 * random.normal());
  const matrix = problem.matrix.map((value) => 1e-2 * value);
  for (let i = 0; i < order; i++) {
    matrix[i * order + i] += 1e-8;
    if (i === 0) continue;
    for (const at of [i * order + i, (i - 1) * order + i - 1]) matrix[at] += coupling;
    for (const at of [i * order + i - 1, (i - 1) * order + i]) matrix[at] -= coupling;
  }
  return { ...problem, matrix, kind };
}

/** Reference sums with phases that carry no rounding: products are kept as pairs of numbers. */

/** a b as a rounded product and its exact error (Dekker 1971). */
function exactProduct(a: number, b: number): [number, number] {
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  const product = a * b;
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

/** The upper 26 and the lower 27 bits of a number. */
function split(a: number): [number, number] {
  const shifted = 134217729 * a;
  const high = shifted - (shifted - a);
  return [high, a - high];
}

/** n a b without its whole turns, for a whole number n up to 2^26; error 2^-53. */
export function turnsOf(n: number, a: number, b: number): number {
  const [product, error] = exactProduct(a, b);
  const [high, low] = split(product - Math.round(product));
  const highTurns = n * high;
  const lowTurns = n * low;
  return highTurns - Math.round(highTurns) + (lowTurns - Math.round(lowTurns)) + n * error;
}

/** Sum with Neumaier's compensation. */
export function compensatedSum(count: number, term: (k: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let k = 0; k < count; k++) {
    const value = term(k);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))) at point (r, c) of a lattice. */
export function latticePoint(
  q: { re: Float64Array; im: Float64Array },
  uv: Float64Array,
  lattice: { y0: number; x0: number; pitchY: number; pitchX: number },
  r: number,
  c: number,
): number {
  const { y0, x0, pitchY, pitchX } = lattice;
  return compensatedSum(q.re.length, (k) => {
    const u = uv[2 * k];
    const v = uv[2 * k + 1];
    const turns = turnsOf(1, x0, u) + turnsOf(c, pitchX, u) + turnsOf(1, y0, v) - turnsOf(r, pitchY, v);
    return q.re[k] * Math.cos(2 * Math.PI * turns) - q.im[k] * Math.sin(2 * Math.PI * turns);
  });
}

/** The error allowed relative to sum |q|: 8 eps (1 + the largest phase), and 1e-12 where that is more. */
export function allowedError(uv: Float64Array, extent: number): number {
  const largest = uv.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const phase = 2 * Math.PI * largest * extent * 2;
  return Math.max(1e-12, 8 * Number.EPSILON * (1 + phase));
}

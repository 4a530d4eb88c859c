/** Quadratics in some coordinates, as the numbers that 1, every coordinate, and the products of two are multiplied by. */

/** 1, every coordinate, and the products of two. */
export function monomials(white: Float64Array): Float64Array {
  const order = white.length;
  const all = new Float64Array(((order + 1) * (order + 2)) / 2);
  all[0] = 1;
  all.set(white, 1);
  for (let i = 0, at = order + 1; i < order; i++) for (let j = 0; j <= i; j++, at++) all[at] = white[i] * white[j];
  return all;
}

export function quadraticAt(quadratic: Float64Array, white: Float64Array): number {
  const order = white.length;
  let sum = quadratic[0];
  for (let i = 0, at = order + 1; i < order; i++) {
    let slope = quadratic[1 + i];
    for (let j = 0; j <= i; j++, at++) slope += quadratic[at] * white[j];
    sum += slope * white[i];
  }
  return sum;
}

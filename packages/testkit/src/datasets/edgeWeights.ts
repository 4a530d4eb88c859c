import { real } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '@wtilde/data';

/**
 * Fields with weights for the edges of their mesh, no two alike, and a diagonal: some source pixels held, most hardly.
 * Fields without a mesh, or with weights of their own, stay as they are.
 */
export function withEdgeWeights(fields: Fields): Fields {
  const neighbors = fieldNamed(fields, 'neighbors');
  if (neighbors === undefined || fieldNamed(fields, 'weights') !== undefined) return fields;
  const [size, slots] = neighbors.shape;
  const weights = Float64Array.from({ length: size * slots }, (_, at) => {
    const [a, b] = [Math.floor(at / slots), Number(neighbors.data[at])];
    return b < 0 ? Number.NaN : weightOf(Math.min(a, b), Math.max(a, b));
  });
  const diagonal = Float64Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 0.05 + 0.01 * (i % 5) : 1e-8));
  return { ...fields, weights: real(weights, [size, slots]), diagonal: real(diagonal) };
}

/** Between 0.2 and 1.2, irregularly; the same from both ends. */
function weightOf(a: number, b: number): number {
  return 0.2 + ((0.6180339887 * (a + 1) + 0.7548776662 * (b + 1)) % 1);
}

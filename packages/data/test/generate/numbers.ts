import { type Fields, requireField } from '../../src/index.js';

/** The numbers of a real field. */
export function reals(fields: Fields, name: string): Float64Array {
  return requireField(fields, name, 'real').data;
}

/** The numbers of a complex field, re and im interleaved. */
export function complexes(fields: Fields, name: string): Float64Array {
  return requireField(fields, name, 'complex').data;
}

/** The numbers of an index field. */
export function indexes(fields: Fields, name: string): Int32Array {
  return requireField(fields, name, 'index').data;
}

/** The neighbour lists of a problem without their padding. */
export function neighborLists(fields: Fields): number[][] {
  const neighbors = requireField(fields, 'neighbors', 'index');
  const [count, slots] = neighbors.shape;
  const sizes = indexes(fields, 'neighbors_sizes');
  return Array.from({ length: count }, (_, i) => [...neighbors.data.slice(i * slots, i * slots + sizes[i])]);
}

/** The mapping as one list of [source pixel, weight] per image pixel. */
export function mappingRows(fields: Fields): [number, number][][] {
  const pixels = requireField(fields, 'pix_indexes_for_sub_slim_index', 'index');
  const weights = reals(fields, 'pix_weights_for_sub_slim_index');
  const sizes = indexes(fields, 'pix_size_for_sub_slim_index');
  const [count, slots] = pixels.shape;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: sizes[i] }, (_, b) => [pixels.data[i * slots + b], weights[i * slots + b]]),
  );
}

import { bool, real } from '@wtilde/core-types';
import { createRandom, type Fields, fieldNamed } from '@wtilde/data';

/**
 * Fields with source pixels to be held at zero, a few of them, and a source that resembles nothing. Fields without
 * source pixels, or with such of their own, stay as they are.
 */
export function withPositiveFields(fields: Fields): Fields {
  const pixels = fieldNamed(fields, 'pixels');
  if (pixels === undefined || fieldNamed(fields, 'zeroed_pixels') !== undefined) return fields;
  const [count] = pixels.data;
  const random = createRandom('similar');
  return {
    ...fields,
    zeroed_pixels: bool(Uint8Array.from({ length: count }, (_, i) => (i % 7 === 3 ? 1 : 0))),
    similar_reconstruction: real(Float64Array.from({ length: count }, () => random.normal())),
  };
}

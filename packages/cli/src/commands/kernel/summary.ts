import type { NdArray } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import { table } from '../../text/table.js';

/** One line per array: name, type, shape and what its values are like. */
export function summary(fields: Fields): string {
  return table(
    Object.entries(fields).map(([name, array]) => [
      name,
      array.dtype,
      array.shape.length === 0 ? 'scalar' : `[${array.shape.join(', ')}]`,
      valuesOf(array),
    ]),
  );
}

function valuesOf({ dtype, shape, data }: NdArray): string {
  if (data.length === 0) return 'empty';
  if (shape.length === 0) return String(data[0]);
  const numbers = dtype === 'complex' ? moduli(data) : data;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let squares = 0;
  for (const value of numbers) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    squares += value * value;
  }
  if (dtype === 'bool') return `true ${squares} of ${numbers.length}`;
  const of = dtype === 'complex' ? '|z| ' : '';
  return `${of}min ${short(min)}, max ${short(max)}, l2 norm ${short(Math.sqrt(squares))}`;
}

function moduli(data: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: data.length / 2 }, (_, k) => Math.hypot(data[2 * k], data[2 * k + 1]));
}

function short(value: number): string {
  return String(Number(value.toPrecision(7)));
}

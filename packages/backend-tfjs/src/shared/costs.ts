import type { Cost } from '@wtilde/core-types';

/** Nanoseconds on a nominal machine: of a flop in a product of matrices, of an entry of a table, of a call. */
const perFlop = 0.04;
const perEntry = 3;
const perCall = 3e5;

/** The cost of products of matrices over tables that are made on the host. */
export function productCost(flops: number, entries: number, calls = 1): Cost {
  return {
    flops: flops + entries,
    bytes: 8 * entries,
    time: perFlop * flops + perEntry * entries + perCall * calls,
  };
}

/** Most bytes that a method may ask of an engine for one array. */
const most = 2 ** 30;

/** True, or why an array of so many numbers is not made. */
export function fits(numbers: number, what: string): true | string {
  if (4 * numbers <= most) return true;
  return `${what} takes ${4 * numbers} bytes, more than the ${most} that are asked of an engine at most`;
}

/** What can be wrong with single arguments of the field beyond their own description. */
import { index, type KernelDescriptor, type LooseArgs, real } from '@wtilde/core-types';
import { isHostArray } from '../contract/values.js';
import type { Corruption } from './corruptions.js';

/** Traps by argument; each looks at the arguments of a good call and returns those that apply. */
const traps: Readonly<Record<string, (args: LooseArgs) => readonly Corruption[]>> = {
  pixIndexesForSubSlimIndex({ pixIndexesForSubSlimIndex: indexes, pixSizeForSubSlimIndex: counts }) {
    if (!isHostArray(indexes)) return [];
    const width = indexes.shape[1];
    const used = (row: number) => (isHostArray(counts) ? counts.data[row] : lengthOf(indexes.data, row, width));
    const row = Array.from({ length: indexes.shape[0] }, (_, at) => at).find((at) => used(at) > 1);
    if (row === undefined) return [];
    const data = Int32Array.from(indexes.data);
    data[row * width] = -1;
    return [{ what: 'a -1 before a valid entry', value: index(data, indexes.shape), code: 'IndexOutOfRange' }];
  },

  neighbors({ neighbors, neighborsSizes: counts }) {
    if (!isHostArray(neighbors) || !isHostArray(counts)) return [];
    const slots = neighbors.shape[1];
    const many = counts.data.findIndex((count) => count > 1);
    if (many < 0) return [];
    const named = (slot: number, pixel: number): Int32Array => {
      const data = Int32Array.from(neighbors.data);
      data[many * slots + slot] = pixel;
      return data;
    };
    const graph = (what: string, data: Int32Array): Corruption => ({
      what,
      value: index(data, neighbors.shape),
      code: 'InvalidValue',
    });
    return [
      graph('a pixel next to itself', named(0, many)),
      graph('a neighbour named twice', named(1, neighbors.data[many * slots])),
      { what: 'padding in use', value: index(named(0, -1), neighbors.shape), code: 'IndexOutOfRange' },
    ];
  },

  neighborsSizes({ neighborsSizes: counts }) {
    if (!isHostArray(counts)) return [];
    const one = counts.data.findIndex((count) => count > 0);
    if (one < 0) return [];
    const data = Int32Array.from(counts.data);
    data[one] -= 1;
    return [{ what: 'a neighbour named by one side only', value: index(data), code: 'InvalidValue' }];
  },

  gridRadians2d({ gridRadians2d: grid }) {
    if (!isHostArray(grid) || grid.data.length < 8) return [];
    const uneven = Float64Array.from(grid.data);
    uneven[uneven.length - 1] *= 1.01;
    uneven[uneven.length - 2] *= 1.01;
    const upsideDown = Float64Array.from(grid.data, (position) => -position);
    return [
      { what: 'an uneven grid', value: real(uneven, grid.shape), code: 'InvalidValue' },
      { what: 'a grid upside down', value: real(upsideDown, grid.shape), code: 'InvalidValue' },
    ];
  },

  curvatureRegMatrix({ curvatureRegMatrix: matrix }) {
    if (!isHostArray(matrix)) return [];
    const negative = Float64Array.from(matrix.data, (value) => -value);
    return [{ what: 'not positive definite', value: real(negative, matrix.shape), code: 'NumericalFailure' }];
  },

  curvatureMatrix({ curvatureMatrix: matrix }) {
    if (!isHostArray(matrix)) return [];
    const negative = Float64Array.from(matrix.data, (value) => -1e3 * Math.abs(value) - 1e3);
    return [{ what: 'F + H not positive definite', value: real(negative, matrix.shape), code: 'NumericalFailure' }];
  },
};

/** The traps of one argument of a good call. */
export function trapsOf(name: string, { requires }: KernelDescriptor, args: LooseArgs): readonly Corruption[] {
  if (Object.hasOwn(traps, name)) return traps[name](args);
  // Kernels that only look things up take any table; those that rely on W(-d) = W(d) require it.
  return requires.some(({ over }) => over.join() === name) ? uneven(name, args) : [];
}

/** A table of W by displacement whose last entry of row 0 is not what its opposite is. */
function uneven(name: string, args: LooseArgs): readonly Corruption[] {
  const table = args[name];
  if (!isHostArray(table) || !(table.shape[1] > 2)) return [];
  const data = Float64Array.from(table.data);
  data[table.shape[1] - 1] += Math.max(...data);
  return [{ what: 'W(-d) other than W(d)', value: real(data, table.shape), code: 'InvalidValue' }];
}

function lengthOf(indexes: ArrayLike<number>, row: number, width: number): number {
  let length = 0;
  while (length < width && indexes[row * width + length] >= 0) length++;
  return length;
}

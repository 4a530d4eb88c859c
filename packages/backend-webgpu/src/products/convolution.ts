import { linearGroups, step } from '../device/program.js';
import { displacementProductPrograms } from '../programs/displacementProduct.js';
import type { Displacements } from './displacements.js';
import type { Strategy } from './operatorMethod.js';

/** T^t W summed over the entries of T, W looked up where it is needed. */
export const convolution = (displacements: Displacements): Strategy => ({
  cost: (sizes) => {
    const { M, B, nonZeros = M * B } = sizes;
    const [rows, columns] = displacements.shape(sizes);
    return { flops: 2 * nonZeros * M, bytes: 4 * rows * columns + 12 * M * B };
  },
  words(sizes) {
    const [rows, columns] = displacements.shape(sizes);
    return { table: rows * columns, mapping: 2 * sizes.M * sizes.B };
  },
  left(scope, { table, native }, T, sizes) {
    const program = displacementProductPrograms[displacements.lookup];
    const [tableRows, tableColumns] = displacements.shape(sizes);
    const [values, positions] = [scope.borrow(table), scope.borrow(native)];
    return {
      exponent: table.exponent + T.exponent,
      left: (first, count, P) => [
        step(
          program,
          { first, pixels: count, imagePixels: sizes.M, tableRows, tableColumns },
          { ...T.buffers, table: values, native: positions, out: P },
          linearGroups(count * sizes.M),
        ),
      ],
    };
  },
});

import type { SparseColumns } from '@wtilde/numerics';
import { addSlices, createSlices, rowSlices } from '../sparse/slices.js';

/**
 * T^t X from a sparse T: row s of the result is the combination of the rows of X that column s of T
 * names. 2 E S2 operations with E entries in T, all on contiguous rows.
 *
 * @param matrix X, row-major (M, width)
 * @param width S2, columns of X and of the result
 * @param out (S, S2), overwritten; new when left out
 */
export function transposeMatmul(
  mapping: SparseColumns,
  matrix: Float64Array,
  width: number,
  out?: Float64Array,
): Float64Array {
  const product = out?.fill(0) ?? new Float64Array(mapping.columnCount * width);
  if (width === 1) return transposeTimesVector(mapping, matrix, product);
  const slices = createSlices(mapping);
  for (let column = 0; column < mapping.columnCount; column++) {
    rowSlices(mapping, column, width, slices);
    addSlices(matrix, 0, slices, product, column * width, 1, width);
  }
  return product;
}

/** The case of one column, where the rows are too short to be worth a loop: 2 E operations. */
function transposeTimesVector(
  { columnCount, starts, rows, values }: SparseColumns,
  vector: Float64Array,
  out: Float64Array,
): Float64Array {
  let entry = 0;
  for (let column = 0; column < columnCount; column++) {
    let sum = 0;
    for (const end = starts[column + 1]; entry < end; entry++) {
      sum += values[entry] * vector[rows[entry]];
    }
    out[column] = sum;
  }
  return out;
}
